import type { SubmissionStore } from '../../delivery/ports';
import type { Database } from './database';
import { submissionWriters } from './submission-changes';
import { submissionReaders } from './submission-queries';

export const createSubmissionStore = (database: Database): SubmissionStore => ({
  ...submissionReaders(database),
  ...submissionWriters(database),
});
