/** @jsxImportSource preact */
import { render } from 'preact';
import './answer.css';
import { App } from './app';

const root = document.getElementById('answer');
if (root) render(<App />, root);
