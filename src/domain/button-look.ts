/** What a button is for, where its colour shall say so. */
export type ButtonLook = 'pays' | 'destroys';

/** Labels that pay, and those after which something is gone. */
const LOOKS: Readonly<Record<string, ButtonLook>> = {
  'button-pay-by-card': 'pays',
  'button-pay-of': 'pays',
  'button-pay-sbp': 'pays',
  'button-unlink-account': 'destroys',
  'button-unlink-sure': 'destroys',
  'button-withdraw-consent': 'destroys',
  'button-person-erase': 'destroys',
  'button-delete-all': 'destroys',
  'button-erase-now': 'destroys',
  'button-undo-import': 'destroys',
  'button-end-link': 'destroys',
  'button-resolution-end-link': 'destroys',
  'button-end-access': 'destroys',
  'button-end-access-sure': 'destroys',
};

/** The look of a button by the name of its label, for whatever it stands under. */
export function lookOf(label: string): { look?: ButtonLook } {
  const look = LOOKS[label];
  return look ? { look } : {};
}
