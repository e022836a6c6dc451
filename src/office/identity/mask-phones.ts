const PHONE = /(?:\+7|\b[78])[\s(-]*9\d{2}(?:[\s()-]*\d){7}(?!\d)/g;

/** Leaves the operator's code and the first digits of each whole telephone number: `+7912345****`. */
export function maskPhones(words: string): string {
  return words.replace(PHONE, (phone) => `+7${phone.replace(/\D/g, '').slice(1, 7)}****`);
}
