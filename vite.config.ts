import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const input = { app: 'index.html', entry: 'entry.html', answer: 'answer.html' };

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      virtualRouteConfig: './src/app/routes.ts',
      routesDirectory: './src/app',
      generatedRouteTree: './src/app/routeTree.gen.ts',
      disableLogging: true,
    }),
    react({ exclude: [/features\/assessment\/web\/answer\//, /app\/entry\//] }),
  ],
  css: { postcss: './postcss.config.cjs' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input },
  },
});
