import './shared/ui/styles';
import './app/fonts.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startI18n } from './app/i18n/start';

const root = document.getElementById('root');

async function start(element: HTMLElement) {
  await startI18n();
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

if (root) void start(root);
