import { createHash } from 'node:crypto';

import { SCRIPT } from './script';
import { SCRIPT_LIVE } from './script-live';
import { STYLES } from './styles';
import { WORDS } from './words';

const ICONS: Readonly<Record<string, string>> = {
  'i-phone': '<rect x="6" y="2" width="12" height="20" rx="3"/><path d="M11 18.5h2"/>',
  'i-message': '<path d="M21 12a8 8 0 0 1-8 8H4l2.2-3A8 8 0 1 1 21 12Z"/><path d="M9 12h.01M13 12h.01M17 12h.01"/>',
  'i-search': '<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>',
  'i-info': '<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8h.01"/>',
  'i-clock': '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
  'i-check': '<path d="m5 13 4.5 4.5L19 7"/>',
  'i-checks': '<path d="m2 13 4.5 4.5L15 8M11 16.5l1 1L22 7"/>',
  'i-cross': '<path d="m7 7 10 10M17 7 7 17"/>',
  'i-back': '<path d="m14 5-7 7 7 7"/>',
  'i-mute': '<path d="M4 5h16v11H9l-5 4Z"/><path d="m9 8 6 5M15 8l-6 5"/>',
  'i-lock': '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  'i-coins': '<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>',
  'i-plug': '<path d="M12 3v7M7.5 6.5a7.5 7.5 0 1 0 9 0"/>',
};

const symbols = Object.entries(ICONS)
  .map(([id, shape]) => `<symbol id="${id}" viewBox="0 0 24 24">${shape}</symbol>`)
  .join('');
const icon = (id: string): string => `<svg viewBox="0 0 24 24" aria-hidden="true"><use href="#${id}"/></svg>`;

const FAULT_BUTTONS = [
  ['close-after', 'i-mute'],
  ['wrong-login', 'i-lock'],
  ['no-funds', 'i-coins'],
  ['reset-before', 'i-plug'],
] as const;

const faultButtons = FAULT_BUTTONS.map(
  ([kind, shape]) =>
    `<button type="button" id="fault-${kind}" data-testid="fault-${kind}" aria-pressed="false">${icon(shape)}<span data-word="${kind}"></span></button>`,
).join('');

/** A drawing of our own, inside the page: a browser would ask for a file otherwise. */
const FAVICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%232457d6'/%3E%3Cpath d='M6 8h12v8h-7l-3 3v-3H6z' fill='%23fff'/%3E%3C/svg%3E";

const SCRIPT_TEXT = `const WORDS = ${JSON.stringify(WORDS)};${SCRIPT}${SCRIPT_LIVE}`;

const BODY = `
<svg hidden>${symbols}</svg>
<header class="top">
  <span class="mark">${icon('i-message')}</span>
  <div><h1 data-word="title"></h1><p data-word="gateway"></p></div>
  <span class="space"></span>
  <span class="live" id="live" data-testid="live" data-online="false" role="status"><i></i><span id="live-word"></span></span>
  <div class="money"><small data-word="balance"></small><b id="balance" data-testid="balance"></b></div>
</header>
<div class="banner" data-testid="banner" role="note">${icon('i-info')}<span data-word="banner"></span></div>
<main class="panes">
  <section class="phones">
    <label class="find" data-label="search">${icon('i-search')}<input id="search" data-testid="search" type="search" data-label="search" autocomplete="off" spellcheck="false"></label>
    <ul class="list" id="list" data-testid="phones"></ul>
    <div class="faults"><h2 data-word="faults"></h2><div>${faultButtons}</div></div>
  </section>
  <section class="chat">
    <div class="empty" id="empty" data-testid="empty" hidden>
      <div class="big">${icon('i-phone')}</div>
      <h2 data-word="emptyTitle"></h2>
      <p data-word="emptyText"></p>
      <div class="card">
        <dl>
          <dt data-word="address"></dt><dd id="address" data-testid="api-url"></dd>
          <dt data-word="login"></dt><dd id="login"></dd>
          <dt data-word="password"></dt><dd id="password"></dd>
          <dt data-word="senders"></dt><dd id="senders"></dd>
        </dl>
        <div class="try"><span data-word="emptyTry"></span><button type="button" id="copy" data-word="copy"></button></div>
        <pre id="sample"></pre>
      </div>
    </div>
    <div class="empty" id="pick" hidden>
      <div class="big">${icon('i-message')}</div><h2 data-word="pickTitle"></h2><p data-word="pickText"></p>
    </div>
    <div class="who" id="who" hidden>
      <button type="button" class="back" id="back" data-testid="back" data-label="back">${icon('i-back')}</button>
      <div><h2 id="number" data-testid="chat-number"></h2><p id="count"></p></div>
    </div>
    <div class="talk" id="talk" data-testid="chat" aria-live="polite" hidden></div>
    <button type="button" class="earlier" id="earlier" data-word="earlier" hidden></button>
  </section>
</main>`;

/** The virtual handset: one page without any outside resource. */
export const HANDSET_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Virtual handset</title>
<link rel="icon" href="${FAVICON}">
<style>${STYLES}</style>
</head>
<body data-view="empty">${BODY}
<script>${SCRIPT_TEXT}</script>
</body>
</html>
`;

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the script and the style of this page run; a text that found a way into the markup would still do nothing. */
export const HANDSET_POLICY = [
  "default-src 'none'",
  `script-src ${digest(SCRIPT_TEXT)}`,
  `style-src ${digest(STYLES)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');
