/** A task of the review: what it cost then, what it could cost at best, and the transcript that does it now. */
export type Task = {
  name: string;
  /** At the commit that was reviewed. */
  before: string;
  best: string;
  /** References into `test/dialogs`, as a transcript would write them. */
  script: string;
};

export const TASKS: readonly Task[] = [
  {
    name: 'See the debt',
    before: '1 tap, 1 message',
    best: '0–1 tap, 1 message',
    script: '# после: money/debt/debt с «[Задолженность]» по «[Задолженность]»',
  },
  {
    name: '… with several accounts',
    before: '1 tap, 5 messages (4 accounts)',
    best: '1 tap, 1 message',
    script: '# после: money/debt/debt с «Задолженность» по «Задолженность»',
  },
  {
    name: 'Hand in one reading',
    before: '2 taps, 1 typed, 4 messages',
    best: '1 tap, 1 typed, 2 messages',
    script: '# после: readings/one-meter/at-once',
  },
  {
    name: '… with a photo',
    before: '4 taps, 2 typed, 7 messages',
    best: '1 tap, 1 typed, 2 messages',
    script: '# после: readings/one-meter/with-photo',
  },
  {
    name: 'Hand in five values (2 water, 3 zones)',
    before: '2 taps, 5 typed, 8 messages',
    best: '1 tap, 1 typed, 2 messages',
    script: '# после: readings/five-scales/at-once',
  },
  {
    name: 'Get the payment document',
    before: '1 tap, 1 message',
    best: '1 tap, 1 message',
    script: '# после: money/bill/one-account с «/bill» по «/bill»',
  },
  {
    name: '… of an older month',
    before: '3 taps, 3 messages',
    best: '2 taps',
    script:
      '# после: money/bill/one-account с «/bill» по «/bill»\n# после: money/bill/one-account с «[сентябрь 2026]» по «[сентябрь 2026]»',
  },
  {
    name: 'Pay the whole debt by card',
    before: '3 taps, 2 in the sheet, 4 messages',
    best: '1 tap, 2 in the sheet, 2 messages',
    script: '# после: money/pay/one-tap с «[Оплатить картой]» по «(оплатил)»',
  },
  {
    name: 'Pay one of four accounts by card',
    before: '5 taps, 2 in the sheet, 6 messages',
    best: '2 taps, 2 in the sheet',
    script: '# после: accounts/several-owing/one-by-card с «Задолженность» по «(оплатил)»',
  },
  {
    name: '… from «Произвести оплату онлайн»',
    before: '5 taps, 2 in the sheet, 6 messages',
    best: '2 taps, 2 in the sheet',
    script: '# после: accounts/several-owing/one-by-card с «Произвести оплату онлайн» по «(оплатил)»',
  },
  {
    name: 'Pay the whole debt by QR',
    before: '5 taps, 5 messages',
    best: '1 tap, 1 picture',
    script: '# после: money/pay/one-tap с «[QR-код]» по «[QR-код]»',
  },
  {
    name: 'Ask a question',
    before: '3 taps, 1 typed, 4–6 messages',
    best: '1 tap, 1 typed, 1 message edited in place',
    script: '# после: requests/requests/at-once с «За что столько за отопление?» по «[Отправить]»',
  },
  {
    name: 'From /start to the first debt',
    before: '10 taps, 1 in the sheet, 5 typed, 17 messages',
    best: '6 taps, 4 typed, about 8 messages',
    script: '# после: accounts/paper-link-registers/from-start-to-debt',
  },
  {
    name: '… from the code on a paper',
    before: 'the account was asked for again',
    best: '6 taps, 4 typed, about 8 messages',
    script: '# после: accounts/paper-link-registers/sum-at-once',
  },
];
