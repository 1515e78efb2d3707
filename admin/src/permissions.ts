import { useRBAC } from '@strapi/strapi/admin';
import { permissionUid, type PermissionId } from '../../shared/vocabulary';

/** A permission as Strapi's guards take it. Plugin permissions have no subject: Strapi stores null, not undefined. */
interface Guard {
  action: string;
  subject: null;
}

const guard = (id: PermissionId): Guard => ({ action: permissionUid(id), subject: null });

/** One array per permission for the lifetime of the panel: Strapi's hooks compare them by identity first. */
const GUARDS = new Map<PermissionId, Guard[]>();

/** The permission for `Page.Protect`, `addMenuLink` and `useRBAC`; several ids mean "any of them" to `Page.Protect`. */
export const guards = (...ids: PermissionId[]): Guard[] => ids.flatMap((id) => single(id));

const single = (id: PermissionId): Guard[] => {
  const known = GUARDS.get(id);
  if (known) return known;
  const made = [guard(id)];
  GUARDS.set(id, made);
  return made;
};

/**
 * Whether the signed-in person holds this permission, and whether that is still being found out.
 * One permission per call: Strapi names the answer after the last word of the action, and `messages.read` and
 * `settings.read` would both be `canRead`.
 */
export const usePermission = (id: PermissionId): { allowed: boolean; isLoading: boolean } => {
  const { allowedActions, isLoading } = useRBAC(single(id));
  return { allowed: Object.values(allowedActions).some(Boolean), isLoading };
};

/** For buttons and links: false until it is known. */
export const useCan = (id: PermissionId): boolean => usePermission(id).allowed;
