import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startDesk } from './desk.ts';
import { loadPreferences } from './preferences.ts';
import './styles/base.css';
import './styles/header.css';
import './styles/list.css';
import './styles/figures.css';
import './styles/serving.css';
import './styles/thread.css';
import './styles/composer.css';
import './styles/finder.css';
import './styles/packet.css';
import './styles/handing.css';
import './styles/case.css';
import './styles/side.css';
import { App } from './views/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

let preferences = loadPreferences();
const desk = startDesk(() => preferences);
createRoot(root).render(
  <StrictMode>
    <App
      desk={desk}
      start={preferences}
      onPreferences={(changed) => {
        preferences = changed;
      }}
    />
  </StrictMode>,
);
