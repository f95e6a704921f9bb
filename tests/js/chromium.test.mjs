// The web package in Chromium.

import { inBrowser } from './browserSuites.mjs';

inBrowser('chromium');
