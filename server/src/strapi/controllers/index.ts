import account from './account';
import decisions from './decisions';
import messages from './messages';
import push from './push';
import sending from './sending';

export default { account, decisions, messages, push, sending };
