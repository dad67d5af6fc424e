/** @jsxImportSource preact */
import '@fontsource-variable/inter/wght.css';
import '../../ui/tokens.css';
import './base.css';
import { render, type FunctionComponent } from 'preact';
import { rememberPseudo } from '../../ui/texts';
import { followColorScheme } from './color-scheme';
import { Forgotten } from './forgotten';
import { NewPassword } from './new-password';
import { SignIn } from './sign-in';

/** The pages on which somebody lands who is not signed in; they weigh a tenth of the application. */
const pages: Record<string, FunctionComponent> = { '/forgotten': Forgotten, '/new-password': NewPassword };

followColorScheme();
rememberPseudo();
const Page = pages[location.pathname.replace(/\/$/, '')] ?? SignIn;
const root = document.getElementById('root');
if (root) render(<Page />, root);
