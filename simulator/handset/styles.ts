/** The look of the handset page. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #eef1f6; --surface: #ffffff; --raised: #ffffff; --line: #e1e6ee; --hover: #f4f6fa; --chosen: #e9f0ff;
  --ink: #16202e; --soft: #5b6a7f; --faint: #6f7d91; --accent: #2457d6; --accent-ink: #ffffff;
  --chat: #e6ebf3; --bubble: #ffffff; --good: #11754a; --good-bg: #dff5ea; --bad: #b3261e; --bad-bg: #fde7e5;
  --wait: #5b6a7f; --wait-bg: #edf0f5; --way: #2457d6; --way-bg: #e6eeff; --note: #7a4d00; --note-bg: #fff3d6; --note-line: #f2dda6;
  --shadow: 0 1px 2px rgb(20 32 54 / 8%), 0 2px 8px rgb(20 32 54 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e131b; --surface: #151c27; --raised: #1b2431; --line: #273243; --hover: #1c2634; --chosen: #1e2f52;
    --ink: #e8edf5; --soft: #a3b0c3; --faint: #8b99ae; --accent: #7aa2ff; --accent-ink: #0b1730;
    --chat: #0f1621; --bubble: #1d2735; --good: #6fdca9; --good-bg: #12382a; --bad: #ff9b94; --bad-bg: #44201f;
    --wait: #a3b0c3; --wait-bg: #263142; --way: #9dbbff; --way-bg: #1e2f52; --note: #ffd98a; --note-bg: #33290f; --note-line: #4d3e17;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template-rows: auto auto minmax(0, 1fr); height: 100dvh; overflow: hidden;
  background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
}
button, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
svg { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; flex: none; }

.top { display: flex; align-items: center; gap: 14px; padding: 10px 20px; background: var(--surface); border-bottom: 1px solid var(--line); }
.mark { display: grid; place-items: center; width: 38px; height: 38px; border-radius: 11px; background: var(--accent); color: var(--accent-ink); font-size: 20px; }
.top h1 { margin: 0; font-size: 16px; line-height: 1.25; letter-spacing: -.01em; }
.top p { margin: 0; color: var(--soft); font-size: 12.5px; }
.top .space { flex: 1; }
.live { display: inline-flex; align-items: center; gap: 7px; color: var(--soft); font-size: 13px; }
.live i { width: 8px; height: 8px; border-radius: 50%; background: #1fae6e; box-shadow: 0 0 0 3px rgb(31 174 110 / 18%); }
.live[data-online="false"] i { background: #d98a00; box-shadow: 0 0 0 3px rgb(217 138 0 / 20%); }
.money { text-align: right; padding-left: 18px; border-left: 1px solid var(--line); font-variant-numeric: tabular-nums; line-height: 1.25; }
.money small { display: block; color: var(--soft); font-size: 12px; }
.money b { font-size: 16px; font-weight: 650; white-space: nowrap; }
.banner { display: flex; align-items: center; justify-content: center; gap: 8px; padding: 6px 20px; background: var(--note-bg); color: var(--note); border-bottom: 1px solid var(--note-line); font-size: 13px; }

.panes { display: grid; grid-template-columns: 340px minmax(0, 1fr); min-height: 0; }
.phones { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; min-height: 0; background: var(--surface); border-right: 1px solid var(--line); }
.find { position: relative; padding: 14px 16px 10px; }
.find svg { position: absolute; left: 28px; top: 26px; color: var(--faint); }
.find input { width: 100%; height: 40px; padding: 0 12px 0 36px; border: 1px solid var(--line); border-radius: 11px; background: var(--page); }
.find input::placeholder { color: var(--faint); }
.list { margin: 0; padding: 0 8px 12px; overflow-y: auto; list-style: none; }
.list .none { padding: 28px 16px; color: var(--soft); text-align: center; }
.phone { display: grid; grid-template-columns: 42px minmax(0, 1fr) auto; column-gap: 12px; align-items: center; width: 100%; padding: 9px 10px; border: 0; border-radius: 12px; background: none; text-align: left; }
.phone:hover { background: var(--hover); }
.phone[aria-current="true"] { background: var(--chosen); }
.face { grid-row: span 2; display: grid; place-items: center; width: 42px; height: 42px; border-radius: 50%; background: hsl(var(--hue) 55% 90%); color: hsl(var(--hue) 55% 30%); font-size: 13.5px; font-weight: 650; }
@media (prefers-color-scheme: dark) { .face { background: hsl(var(--hue) 35% 26%); color: hsl(var(--hue) 70% 82%); } }
.phone b { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.phone time { color: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.phone .last { overflow: hidden; color: var(--soft); font-size: 13.5px; text-overflow: ellipsis; white-space: nowrap; }
.phone .unread { justify-self: end; min-width: 20px; height: 20px; padding: 0 6px; border-radius: 10px; background: var(--accent); color: var(--accent-ink); font-size: 12px; font-weight: 650; line-height: 20px; text-align: center; }

.faults { padding: 12px 16px 16px; border-top: 1px solid var(--line); }
.faults h2 { margin: 0 0 9px; color: var(--soft); font-size: 12.5px; font-weight: 600; }
.faults div { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.faults button { display: flex; align-items: center; justify-content: center; gap: 7px; min-height: 36px; padding: 0 8px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); font-size: 13.5px; }
.faults button:hover { background: var(--hover); }
.faults button[aria-pressed="true"] { border-color: var(--bad); background: var(--bad-bg); color: var(--bad); font-weight: 600; }

.chat { display: grid; grid-template-rows: auto minmax(0, 1fr); min-width: 0; min-height: 0; background: var(--chat); }
.who { display: flex; align-items: center; gap: 12px; min-height: 64px; padding: 10px 22px; background: var(--surface); border-bottom: 1px solid var(--line); }
.who h2 { margin: 0; font-size: 16px; font-variant-numeric: tabular-nums; line-height: 1.25; }
.who p { margin: 0; color: var(--soft); font-size: 13px; }
.who .back { display: none; place-items: center; width: 40px; height: 40px; margin-left: -10px; border: 0; border-radius: 50%; background: none; font-size: 20px; }
.talk { display: flex; flex-direction: column; gap: 10px; padding: 20px 22px 26px; overflow-y: auto; scroll-behavior: auto; }
.talk > :first-child { margin-top: auto; }
.day { align-self: center; padding: 3px 12px; border-radius: 12px; background: var(--surface); color: var(--soft); font-size: 12.5px; box-shadow: var(--shadow); }
.earlier { align-self: center; padding: 6px 14px; border: 1px solid var(--line); border-radius: 16px; background: var(--surface); color: var(--accent); font-size: 13px; }
.sms { align-self: flex-start; width: fit-content; min-width: 230px; max-width: min(560px, 88%); padding: 10px 14px 9px; border-radius: 5px 16px 16px 16px; background: var(--bubble); box-shadow: var(--shadow); }
.sms.fresh { animation: arrive .25s ease-out; }
@keyframes arrive { from { opacity: 0; transform: translateY(10px); } }
.sms .from { color: var(--accent); font-size: 13px; font-weight: 650; overflow-wrap: anywhere; }
.sms .text { margin: 2px 0 7px; overflow-wrap: anywhere; white-space: pre-wrap; }
.sms .foot { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; color: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.status { display: inline-flex; align-items: center; gap: 5px; margin-left: auto; padding: 2px 9px 2px 7px; border-radius: 10px; background: var(--wait-bg); color: var(--wait); font-weight: 600; transition: background .2s, color .2s; }
.status[data-tone="way"] { background: var(--way-bg); color: var(--way); }
.status[data-tone="good"] { background: var(--good-bg); color: var(--good); }
.status[data-tone="bad"] { background: var(--bad-bg); color: var(--bad); }

.empty { align-self: center; justify-self: center; width: min(620px, 100%); max-height: 100%; padding: 28px 22px; overflow-y: auto; text-align: center; grid-row: 1 / -1; }
.empty .big { display: grid; place-items: center; width: 72px; height: 72px; margin: 0 auto 16px; border-radius: 22px; background: var(--surface); color: var(--accent); font-size: 34px; box-shadow: var(--shadow); }
.empty h2 { margin: 0 0 6px; font-size: 21px; letter-spacing: -.01em; }
.empty > p { margin: 0 auto 18px; max-width: 46ch; color: var(--soft); }
.card { padding: 16px 18px; border-radius: 16px; background: var(--surface); box-shadow: var(--shadow); text-align: left; }
.card dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px 18px; margin: 0 0 14px; font-size: 14px; }
.card dt { color: var(--soft); }
.card dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; }
.card .try { display: flex; align-items: center; justify-content: space-between; margin-bottom: 8px; color: var(--soft); font-size: 13.5px; }
.card .try button { padding: 4px 12px; border: 1px solid var(--line); border-radius: 9px; background: var(--raised); color: var(--accent); font-size: 13px; }
.card pre { margin: 0; padding: 12px 14px; overflow-x: auto; border-radius: 11px; background: var(--page); font: 12.5px/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }

@media (max-width: 760px) {
  .top { gap: 10px; padding: 9px 14px; }
  .top p, .live span { display: none; }
  .top h1 { font-size: 15px; }
  .money { padding-left: 0; border-left: 0; }
  .money b { font-size: 14.5px; }
  .phones { border-right: 0; }
  .banner { padding: 5px 14px; font-size: 12px; line-height: 1.3; justify-content: flex-start; }
  .panes { grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
  body[data-view="list"] .chat, body[data-view="chat"] .phones { display: none; }
  body[data-view="empty"] .panes { grid-template-rows: minmax(0, 1fr) auto; }
  body[data-view="empty"] .chat { grid-row: 1; }
  body[data-view="empty"] .phones { grid-row: 2; grid-template-rows: auto; }
  body[data-view="empty"] .find, body[data-view="empty"] .list { display: none; }
  .who { padding: 8px 14px; }
  .who .back { display: grid; }
  .talk { padding: 14px 12px 20px; }
  .empty { padding: 18px 14px; }
  .empty .big { width: 56px; height: 56px; margin-bottom: 12px; font-size: 26px; border-radius: 17px; }
  .empty h2 { font-size: 18px; }
  .card { padding: 14px; }
}
@media (prefers-reduced-motion: reduce) { .sms.fresh { animation: none; } }
`;
