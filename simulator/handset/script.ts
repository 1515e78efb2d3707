/**
 * The behaviour of the handset page, in plain browser JavaScript: the simulator has no build step for a browser. Texts of
 * messages come from strangers and are only ever set as textContent. `WORDS` is put before this by the page.
 */
export const SCRIPT = String.raw`
'use strict';
const wanted = (navigator.languages || [navigator.language]).find((one) => /^(uk|en)\b/i.test(one)) || 'en';
const language = wanted.slice(0, 2).toLowerCase();
const words = WORDS[language];
const plurals = new Intl.PluralRules(language);
const word = (key) => words[key] || key;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name]));
const many = (key, n) => fill(words[key + '_' + plurals.select(n)] || words[key + '_other'], { n });
const clockTime = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const shortTime = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
const dayName = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' });
const shortDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const money = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 3 });

const byId = (id) => document.getElementById(id);
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
const icon = (name) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#' + name);
  svg.append(use);
  return svg;
};
/** Touches the page only where it differs: thousands of status changes arrive in a second. */
const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const setData = (node, name, value) => { if (node.dataset[name] !== value) node.dataset[name] = value; };

const PHONES_SHOWN = 200;
const MESSAGES_SHOWN = 200;
const MESSAGES_LOADED = 5000;
const FAULTS = ['close-after', 'wrong-login', 'no-funds', 'reset-before'];
const TONES = { NEW: 'wait', PENDING: 'wait', STOPFLAG: 'wait', SENT: 'way', DELIVERED: 'good' };
const ICONS = { wait: 'i-clock', way: 'i-check', good: 'i-checks', bad: 'i-cross' };

/** Kept by hand: it wanders between the chat and nowhere. */
const earlier = byId('earlier');
/** recipient -> { recipient, messages: Map(id -> sms), last, unread } */
const phones = new Map();
/** Ids that have not been drawn yet; only those arrive with a movement. */
const fresh = new Set();
let chosen = null;
let shown = MESSAGES_SHOWN;
let query = '';
let instance = null;
let settings = null;
let state = { balance: '0', faults: [] };
let firstLoad = true;

const pretty = (number) => {
  const parts = /^380(\d\d)(\d{3})(\d\d)(\d\d)$/.exec(number);
  return parts ? '+380 ' + parts.slice(1).join(' ') : '+' + number;
};
const hue = (number) => [...number].reduce((sum, digit) => (sum * 31 + Number(digit)) % 360, 7);
const daysAgo = (date) => {
  const start = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  return Math.round((start(new Date()) - start(date)) / 86400000);
};

const keep = (sms) => {
  let phone = phones.get(sms.recipient);
  if (!phone) phones.set(sms.recipient, (phone = { recipient: sms.recipient, messages: new Map(), last: sms, unread: 0 }));
  const known = phone.messages.get(sms.id);
  if (known && known.revision >= sms.revision) return;
  phone.messages.set(sms.id, sms);
  if (sms.id >= phone.last.id) phone.last = sms;
  if (known || firstLoad) return;
  if (phone.recipient === chosen) fresh.add(sms.id);
  else phone.unread += 1;
};

const phoneMatches = (phone) => {
  if (query === '') return phone.last;
  const digits = query.replace(/[\s()+-]/g, '');
  if (/^\d+$/.test(digits) && (phone.recipient.includes(digits) || pretty(phone.recipient).includes(query))) return phone.last;
  const wanted = query.toLowerCase();
  const found = [...phone.messages.values()].filter((sms) => (sms.text + '\n' + sms.alphaname).toLowerCase().includes(wanted));
  return found.length > 0 ? found[found.length - 1] : null;
};

const phoneNodes = new Map();
const phoneNode = (phone) => {
  let node = phoneNodes.get(phone.recipient);
  if (node) return node;
  const item = make('li');
  const button = make('button', 'phone');
  button.type = 'button';
  button.dataset.testid = 'phone';
  button.dataset.recipient = phone.recipient;
  const face = make('span', 'face', phone.recipient.slice(-2));
  face.style.setProperty('--hue', String(hue(phone.recipient)));
  const name = make('b', '', pretty(phone.recipient));
  const time = make('time');
  const last = make('span', 'last');
  const unread = make('span', 'unread');
  button.append(face, name, time, last, unread);
  button.addEventListener('click', () => choose(phone.recipient));
  item.append(button);
  node = { item, button, time, last, unread };
  phoneNodes.set(phone.recipient, node);
  return node;
};

const drawPhones = () => {
  const found = [];
  for (const phone of phones.values()) {
    const sms = phoneMatches(phone);
    if (sms) found.push([phone, sms]);
  }
  found.sort((one, other) => other[0].last.id - one[0].last.id);
  const items = found.slice(0, PHONES_SHOWN).map(([phone, sms]) => {
    const node = phoneNode(phone);
    const date = new Date(sms.acceptedAt);
    setText(node.time, daysAgo(date) === 0 ? shortTime.format(date) : shortDay.format(date));
    setText(node.last, sms.text.replace(/\s+/g, ' '));
    setText(node.unread, phone.unread > 99 ? '99+' : String(phone.unread));
    node.unread.hidden = phone.unread === 0;
    node.button.setAttribute('aria-current', String(phone.recipient === chosen));
    return node.item;
  });
  if (items.length === 0) items.push(make('li', 'none', word(phones.size > 0 ? 'nothingFound' : 'noPhones')));
  if (found.length > PHONES_SHOWN) items.push(make('li', 'none', word('more')));
  const list = byId('list');
  // Moving a node that is in place already would lose its focus.
  items.forEach((item, index) => { if (list.children[index] !== item) list.insertBefore(item, list.children[index] || null); });
  while (list.children.length > items.length) list.lastElementChild.remove();
};

let smsNodes = new Map();
const smsNode = (sms) => {
  let node = smsNodes.get(sms.id);
  if (node) return node;
  const bubble = make('article', fresh.delete(sms.id) ? 'sms fresh' : 'sms');
  bubble.dataset.testid = 'sms';
  bubble.dataset.recipient = sms.recipient;
  bubble.dataset.id = String(sms.id);
  bubble.dataset.campaign = sms.campaignId;
  const from = make('div', 'from', sms.alphaname);
  from.dataset.testid = 'sms-alphaname';
  const text = make('div', 'text', sms.text);
  text.dataset.testid = 'sms-text';
  text.dir = 'auto';
  const foot = make('div', 'foot');
  const date = new Date(sms.acceptedAt);
  const time = make('time', '', clockTime.format(date));
  time.dateTime = sms.acceptedAt;
  const parts = make('span', '', many('parts', sms.segments));
  parts.dataset.testid = 'sms-segments';
  const status = make('span', 'status');
  status.dataset.testid = 'sms-status';
  foot.append(time, parts, status);
  bubble.append(from, text, foot);
  node = { bubble, status, drawn: null };
  smsNodes.set(sms.id, node);
  return node;
};

const drawStatus = (node, sms) => {
  if (node.drawn === sms.revision) return;
  node.drawn = sms.revision;
  const tone = TONES[sms.status] || 'bad';
  const done = sms.parts.filter((part) => part === 'DELIVERED').length;
  const partly = sms.segments > 1 && done > 0 && done < sms.segments;
  setData(node.bubble, 'status', sms.status);
  setData(node.status, 'tone', tone);
  node.status.replaceChildren(icon(ICONS[tone]), partly ? fill(word('partsDone'), { done, n: sms.segments }) : word(sms.status));
};

const drawTalk = () => {
  const phone = chosen === null ? null : phones.get(chosen);
  document.body.dataset.view = phones.size === 0 ? 'empty' : phone ? 'chat' : 'list';
  byId('empty').hidden = phones.size > 0;
  byId('pick').hidden = phones.size === 0 || Boolean(phone);
  byId('who').hidden = !phone;
  const talk = byId('talk');
  talk.hidden = !phone;
  if (!phone) return;
  setText(byId('number'), pretty(phone.recipient));
  setText(byId('count'), many('messages', phone.messages.size));
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
  const messages = [...phone.messages.values()].sort((one, other) => one.id - other.id);
  const items = [];
  if (messages.length > shown) items.push(earlier);
  earlier.hidden = messages.length <= shown;
  let day = null;
  for (const sms of messages.slice(-shown)) {
    const date = new Date(sms.acceptedAt);
    const ago = daysAgo(date);
    if (ago !== day) {
      day = ago;
      items.push(make('div', 'day', ago === 0 ? word('today') : ago === 1 ? word('yesterday') : dayName.format(date)));
    }
    const node = smsNode(sms);
    drawStatus(node, sms);
    items.push(node.bubble);
  }
  const same = items.length === talk.children.length && items.every((item, index) => item === talk.children[index] || item.className === 'day');
  if (same) return;
  talk.replaceChildren(...items);
  if (atEnd) talk.scrollTop = talk.scrollHeight;
};

const drawState = () => {
  setText(byId('balance'), money.format(Number(state.balance)) + ' ' + word('currency'));
  byId('balance').dataset.balance = state.balance;
  for (const kind of FAULTS) {
    const armed = state.faults.some((fault) => fault.kind === kind);
    const button = byId('fault-' + kind);
    button.setAttribute('aria-pressed', String(armed));
    button.title = word(kind + '.hint') + (armed ? '. ' + word('armed') : '');
  }
};

let drawing = null;
const draw = () => {
  // A timer and not an animation frame: those stop in a background tab, where the title should still count.
  drawing = drawing || setTimeout(() => {
    drawing = null;
    drawPhones();
    drawTalk();
    drawState();
    const unread = [...phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
    document.title = (unread > 0 ? '(' + unread + ') ' : '') + word('title');
  }, 30);
};

const choose = (recipient) => {
  chosen = recipient;
  shown = MESSAGES_SHOWN;
  smsNodes = new Map();
  fresh.clear();
  if (recipient !== null && phones.has(recipient)) phones.get(recipient).unread = 0;
  byId('talk').replaceChildren();
  draw();
};
`;
