import type { Plugin } from '@strapi/strapi/admin';
import { EntryPanel, type EntryPanelProps } from './EntryPanel';

type PanelComponent = (props: EntryPanelProps) => { title: string; content: React.ReactNode } | null;
type AddPanels = (panels: PanelComponent[]) => void;

const hasPanels = (apis: Record<string, unknown>): apis is { addEditViewSidePanel: AddPanels } =>
  typeof apis['addEditViewSidePanel'] === 'function';

/** Puts the "SMS" panel into the content manager's edit view. Strapi leaves the apis of plugins untyped, hence the check. */
export const addEntryPanel = (contentManager: Plugin): void => {
  const { apis } = contentManager;
  if (hasPanels(apis)) apis.addEditViewSidePanel([EntryPanel]);
};
