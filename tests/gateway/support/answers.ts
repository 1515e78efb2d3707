/** Answers of the gateway in the shapes that public integrations recorded. Numbers are placeholders. */
export const NUMBER = '380501234567';
export const OTHER_NUMBER = '380671234567';

export const ACCEPTED = `<?xml version="1.0" encoding="utf-8"?>
<message>
  <state code="ACCEPT" campaignID="3917349" date="2024-01-31 12:00:00">The campaign has been successfully processed and added to the queue</state>
  <to recipient="${NUMBER}" status="ACCEPTED" />
</message>
`;

export const refusal = (code: string, text = 'No correct phones', root = 'message'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n<state code="${code}" date="2024-01-31 12:00:00">${text}</state>\n</${root}>\n`;

export const BALANCE = '\t<message><balance>27.405</balance></message>\n';

export const STATUS = `<?xml version="1.0" encoding="utf-8"?>
<message><state campaignID="3917349" recipient="${NUMBER}" status="DELIVERED" date="2024-07-31 12:00:10"></state></message>`;

const STATES = 'STOPFLAG ALFANAMELIMITED ERROR USERSTOPED STOPED UNDELIV EXPIRED DELIVERED SENT PENDING NEW'.split(' ');

export const info = (counts: Readonly<Record<string, number | string>>, status = 'COMPLETE', extra = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<answer>
<campaign campaignID="3917349" createDateTime="2024-01-31 12:00:00" startDateTime="2024-01-31 12:00:05" status="${status}"${extra}>
${[...new Set([...STATES, ...Object.keys(counts)])].map((word) => `<state status="${word}" messages="${counts[word] ?? 0}"></state>`).join('\n')}
</campaign>
</answer>`;

export const part = (
  phone: string,
  number: number,
  parts: number,
  status: string,
  at = '2024-01-31 12:00:10',
): string =>
  `<message phone="${phone}" part="${number}" parts="${parts}" status="${status}" startDateTime="2024-01-31 12:00:05" modifyDateTime="${at}"></message>`;

export const detail = (messages: readonly string[], status = 'COMPLETE'): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<answer><campaign campaignID="3917349" createDateTime="2024-01-31 12:00:00" startDateTime="2024-01-31 12:00:05" status="${status}">
${messages.join('\n')}
</campaign></answer>`;

export const ALPHANAMES = `<message>
<state alfaname="MyShop" status="ACTIVE" />
<state alfaname="Other" status="MODERATE" />
</message>`;
