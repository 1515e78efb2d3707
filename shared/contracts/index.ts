export * from './common';
export * from './status';
export * from './alphanames';
export * from './messages';
export * from './decisions';
export * from './campaigns';
export * from './rules';
