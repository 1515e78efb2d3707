/** The second half of the page's behaviour: what it hears from the simulator and what it tells it. */
export const SCRIPT_LIVE = String.raw`
const ask = async (path, options) => {
  const response = await fetch('/control' + path, options);
  if (!response.ok) throw new Error('The simulator answered ' + response.status);
  return response.json();
};

const drawEmpty = () => {
  if (!settings) return;
  const address = location.origin + '/api/api.php';
  const credentials = settings.credentials || { login: word('anyLogin'), password: word('anyLogin') };
  const active = settings.alphanames.filter((name) => name.status === 'ACTIVE').map((name) => name.name);
  setText(byId('address'), address);
  setText(byId('login'), credentials.login);
  setText(byId('password'), credentials.password);
  setText(byId('senders'), active.join(', '));
  const user = settings.credentials ? settings.credentials.login + ':' + settings.credentials.password : 'any:any';
  const body = '<request><operation>SENDSMS</operation><message source="' + (active[0] || 'MyShop') + '">'
    + '<body>' + word('sample') + '</body><recipient>380501234567</recipient></message></request>';
  setText(byId('sample'), 'curl -u ' + user + ' ' + address + " \\\n  --data-binary '" + body + "'");
};

const forget = () => {
  phones.clear();
  phoneNodes.clear();
  choose(null);
};

/** Beside the list there is room for a chat: the first phone opens by itself. A narrow screen shows the list first. */
const openFirst = () => {
  if (chosen !== null || phones.size === 0 || matchMedia('(max-width: 760px)').matches) return;
  const newest = [...phones.values()].sort((one, other) => other.last.id - one.last.id)[0];
  choose(newest.recipient);
};

let stream = null;
const load = async () => {
  const page = await ask('/messages?limit=' + MESSAGES_LOADED);
  settings = await ask('/settings');
  instance = page.instance;
  firstLoad = true;
  forget();
  page.messages.forEach(keep);
  drawEmpty();
  openFirst();
  draw();
  setTimeout(() => { firstLoad = false; }, 60);
  listen(page.revision);
};

const online = (is) => {
  byId('live').dataset.online = String(is);
  setText(byId('live-word'), word(is ? 'online' : 'offline'));
};

const start = () => {
  load().catch(() => {
    online(false);
    setTimeout(start, 1000);
  });
};

const listen = (revision) => {
  if (stream) stream.close();
  const mine = new EventSource('/control/events?after=' + revision);
  stream = mine;
  mine.addEventListener('hello', (event) => {
    online(true);
    // The simulator was started anew: what is shown belongs to the one before.
    if (JSON.parse(event.data).instance !== instance) {
      mine.close();
      start();
    }
  });
  mine.addEventListener('messages', (event) => {
    JSON.parse(event.data).forEach(keep);
    openFirst();
    draw();
  });
  mine.addEventListener('state', (event) => {
    state = JSON.parse(event.data);
    draw();
  });
  mine.addEventListener('reset', forget);
  mine.addEventListener('error', () => {
    online(false);
    // A browser gives up on a refused stream; a closed one it reopens itself.
    if (mine.readyState === EventSource.CLOSED) setTimeout(start, 1000);
  });
};

const toggleFault = async (kind) => {
  const armed = state.faults.filter((fault) => fault.kind === kind);
  if (armed.length > 0) {
    for (const fault of armed) await ask('/faults/' + fault.id, { method: 'DELETE' });
    return;
  }
  // Only sends: a client that polls statuses would use the fault up unseen.
  const fault = { kind, match: { operation: 'SENDSMS' }, times: 1 };
  await ask('/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fault) });
};

document.documentElement.lang = language;
document.title = word('title');
for (const node of document.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', word(node.dataset.label));
byId('search').placeholder = word('search');
byId('search').addEventListener('input', (event) => {
  query = event.target.value.trim();
  drawPhones();
});
for (const kind of FAULTS) byId('fault-' + kind).addEventListener('click', () => toggleFault(kind).catch(() => online(false)));
earlier.addEventListener('click', () => {
  shown += MESSAGES_SHOWN;
  drawTalk();
});
byId('back').addEventListener('click', () => choose(null));
byId('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(byId('sample').textContent);
  setText(byId('copy'), word('copied'));
  setTimeout(() => setText(byId('copy'), word('copy')), 1500);
});
start();
`;
