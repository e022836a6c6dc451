/** What the button of a forwarded invoice starts the bot with. Without it a stranger could pay the invoice, and pay it again and again. */
export const INVOICE_START = 'pay';
