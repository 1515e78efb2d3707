/** Questions to the simulator's control API: what really went out. */
export const createGateway = (handset) => {
  const ask = async (path, init) => {
    const response = await fetch(new URL(`control/${path}`, handset), init);
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${path}: ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  };
  const messagesTo = async (recipient) => (await ask(`messages?recipient=${recipient}`)).messages;
  const post = (path, body) =>
    ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { messagesTo, addFault: (fault) => post('faults', fault) };
};

/** Asks until the answer is true. */
export const until = async (what, question, withinMs = 30_000) => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`Not in ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
