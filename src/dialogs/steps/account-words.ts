import type { Words } from '../kit/scene.ts';

/** The words of the text `account-title`, and of others that name an account. */
export function accountWords({ account, name, closed }: { account: string; name: string | null; closed: boolean }): Words {
  return { account, named: name === null ? 'no' : 'yes', name: name ?? '', closed: closed ? 'yes' : 'no' };
}

/** An account on a button. */
export function accountLabel({ account, name }: { account: string; name: string | null }): string {
  return name === null ? account : `${name} · ${account}`;
}
