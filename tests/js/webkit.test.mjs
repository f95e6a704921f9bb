// The web package in WebKit, the engine of Safari.

import { inBrowser } from './browserSuites.mjs';

inBrowser('webkit');
