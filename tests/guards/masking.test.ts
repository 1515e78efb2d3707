import { messageView } from '../../server/src/strapi/views';
import { message } from '../support/store-contract/builders';

test('a masked message shows neither its number nor its text', () => {
  const seen = JSON.stringify(messageView(message({ to: '380501234567', text: 'Код 4711' }), true));
  expect(seen).not.toContain('380501234567');
  expect(seen).not.toContain('4711');
});
