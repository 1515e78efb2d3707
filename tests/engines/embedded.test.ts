import { createEmbeddedEngine } from '../../server/src/delivery/embedded-engine';
import { engineContract } from '../support/engine-contract';

engineContract('embedded', (deps) => Promise.resolve({ engine: createEmbeddedEngine(deps) }));
