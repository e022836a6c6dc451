import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { insertCardPaymentLine } from '../../../src/records/card-payment-lines.ts';
import { forgetPayer } from '../../../src/office/money/payments.ts';
import { openCounter } from '../counter.ts';
import { DAY, MINUTE } from '../town.ts';

describe('before the money', () => {
  test('of ten checkouts at once one is let through; the same one again is let through again', async () => {
    const at = await openCounter();
    const invoice = await at.ordered(1_000_50);
    const ten = Array.from({ length: 10 }, (_, i) => `checkout-${i}`);
    const said = await Promise.all(ten.map((checkout) => at.checkout(invoice, 1, checkout)));
    const passed = ten.filter((_, i) => said[i]?.outcome === 'ok');
    expect(passed).toHaveLength(1);
    expect(said.filter((word) => word.outcome === 'refused')).toEqual(
      Array.from({ length: 9 }, () => ({ outcome: 'refused', why: 'under-way' })),
    );
    const [first = ''] = passed;
    expect(await at.checkout(invoice, 1, first)).toEqual({ outcome: 'ok' });

    // Two minutes are enough for a bank; and what Telegram did not wait for holds nothing.
    at.later(2 * MINUTE);
    expect(await at.checkout(invoice, 1, 'later')).toEqual({ outcome: 'ok' });
    await at.paymentIntake.releaseCheckout(at.by(1), 'later');
    expect(await at.checkout(invoice, 1, 'after')).toEqual({ outcome: 'ok' });
  });

  test('a stranger, another sum or currency, a paid order, an old one and one that never was are refused', async () => {
    const at = await openCounter();
    await at.resident(2);
    const invoice = await at.ordered(1_000_50);
    const refused = (why: string) => ({ outcome: 'refused', why });
    expect(await at.checkout(invoice, 2)).toEqual(refused('not-yours'));
    expect(await at.checkout({ ...invoice, totalKopecks: 1_000_49 })).toEqual(refused('sum'));
    expect(await at.checkout(invoice, 1, 'c', 'USD')).toEqual(refused('sum'));
    for (const order of ['', 'x', "' or 1=1 --", '0'.repeat(22), 'я'.repeat(22)]) {
      expect(await at.checkout({ ...invoice, order })).toEqual(refused('unknown'));
    }
    at.later(DAY);
    expect(await at.checkout(invoice)).toEqual({ outcome: 'ok' });
    at.later(MINUTE);
    expect(await at.checkout(invoice)).toEqual(refused('too-old'));
    await at.pay(invoice);
    expect(await at.checkout(invoice)).toEqual(refused('paid'));
  });

  test('two invoices of the same debt: once one is paid, by whomever, the other is refused; a new one is not', async () => {
    const at = await openCounter();
    const [one, two, other, both] = [
      await at.ordered(1_000_50),
      await at.ordered(1_000_50),
      await at.ordered(1_000_49),
      await at.ordered(900_50, 100_00),
    ];
    const guests = await at.payments.orderAsGuest(at.by(9), await at.lookUp(9, '0012345'), 1_000_50);
    if (guests.outcome !== 'ordered') throw new Error(guests.outcome);
    await at.pay(one);
    const refused = { outcome: 'refused', why: 'paid-meanwhile' };
    expect(await at.checkout(two)).toEqual(refused);
    expect(await at.checkout(other)).toEqual({ outcome: 'ok' });
    expect(await at.checkout(both)).toEqual({ outcome: 'ok' });
    // What others paid is none of a guest's business; what he paid is the resident's.
    expect(await at.checkout(guests.invoice, 9)).toEqual({ outcome: 'ok' });
    at.later(2 * MINUTE);
    const again = await at.ordered(1_000_50);
    expect(await at.checkout(again)).toEqual({ outcome: 'ok' });
    await at.pay(guests.invoice, 9);
    at.later(5 * MINUTE);
    expect(await at.checkout(again)).toEqual(refused);
    // Whoever pays all the same, has paid.
    expect(await at.pay(again)).toMatchObject({ outcome: 'credited' });
    expect(await at.told()).toEqual([]);
  });

  test('two invoices of the same debt at once: while the bank is at work on one, the other waits, whosever it is', async () => {
    const at = await openCounter();
    await at.resident(2);
    const link = await at.link(2, '0012345', { sum: 500_01 });
    const hers = await at.payments.order(at.by(2), [{ link, sumKopecks: 1_000_50 }]);
    if (hers.outcome !== 'ordered') throw new Error(hers.outcome);
    const refused = (why: string) => ({ outcome: 'refused', why });
    const [his, another] = [await at.ordered(1_000_50), await at.ordered(1_000_50)];

    const asked = [() => at.checkout(his), () => at.checkout(another), () => at.checkout(hers.invoice, 2)];
    const said = await Promise.all(asked.map((ask) => ask()));
    expect(said.filter(({ outcome }) => outcome === 'ok')).toHaveLength(1);
    expect(said.filter(({ outcome }) => outcome === 'refused')).toEqual(
      Array.from({ length: 2 }, () => refused('under-way-otherwise')),
    );
    // Another sum, or the same in other parts, is another thing; and who is a guest is told nothing of others.
    expect(await at.checkout(await at.ordered(1_000_49))).toEqual({ outcome: 'ok' });
    expect(await at.checkout(await at.ordered(900_50, 100_00))).toEqual({ outcome: 'ok' });
    const guests = await at.payments.orderAsGuest(at.by(9), await at.lookUp(9, '0012345'), 1_000_50);
    if (guests.outcome !== 'ordered') throw new Error(guests.outcome);
    expect(await at.checkout(guests.invoice, 9)).toEqual({ outcome: 'ok' });

    // The bank said no: after two minutes another may try, and when the money has come the others read that.
    at.later(2 * MINUTE);
    expect(await at.checkout(hers.invoice, 2, 'hers')).toEqual({ outcome: 'ok' });
    expect(await at.checkout(his)).toEqual(refused('under-way-otherwise'));
    await at.paymentIntake.releaseCheckout(at.by(2), 'hers');
    expect(await at.checkout(his)).toEqual({ outcome: 'ok' });
    await at.pay(his);
    expect(await at.checkout(hers.invoice, 2)).toEqual(refused('paid-meanwhile'));
    // What is ordered after that is meant: the money of the other one has come.
    at.later(1);
    expect(await at.checkout(await at.ordered(1_000_50))).toEqual({ outcome: 'ok' });
  });

  test('what was given back as a whole leaves the debt to be paid, by an invoice of before as well', async () => {
    const at = await openCounter();
    const [one, two] = [await at.ordered(1_000_50), await at.ordered(1_000_50)];
    const taken = at.takenFor(one);
    await at.paymentIntake.credit(at.by(1), taken);
    const refund = (totalKopecks: number) => at.paymentIntake.refund(at.by(1), { chargeId: taken.chargeId, totalKopecks });
    expect(await at.checkout(two)).toEqual({ outcome: 'refused', why: 'paid-meanwhile' });
    await refund(500_00);
    expect(await at.checkout(two)).toEqual({ outcome: 'refused', why: 'paid-meanwhile' });
    await refund(1_000_50);
    expect(await at.checkout(two)).toEqual({ outcome: 'ok' });
  });

  test('who signed out, an account that was unlinked or is gone: refused with the reason', async () => {
    const at = await openCounter();
    const [one, both] = [await at.ordered(200_00), await at.ordered(200_00, 300_00)];
    await at.desks.unlink(at.by(1), at.links[1]);
    expect(await at.checkout(both)).toEqual({ outcome: 'refused', why: 'unlinked' });
    expect(await at.checkout(one)).toEqual({ outcome: 'ok' });
    await sql`delete from links; delete from payments; delete from charges; delete from link_proofs`.execute(at.db);
    await sql`delete from accounts where number = '0022222'`.execute(at.db);
    expect(await at.checkout(both)).toEqual({ outcome: 'refused', why: 'account' });
    await sql`update sessions set ended_at = ${at.now()}`.execute(at.db);
    at.later(10 * MINUTE);
    expect(await at.checkout(one)).toEqual({ outcome: 'refused', why: 'signed-out' });
  });
});

describe('the money', () => {
  test('ten tellings of it at once, in updates of their own and in the same one, credit once', async () => {
    const at = await openCounter();
    const invoice = await at.ordered(1_000_50, 99_50);
    const taken = at.takenFor(invoice);
    const callers = Array.from({ length: 10 }, (_, i) => at.by(1, `update-${i % 7}`));
    const said = await Promise.all(callers.map((caller) => at.paymentIntake.credit(caller, taken)));
    const credited = said.filter((word) => word.outcome === 'credited');
    const first = new Set(
      callers.filter((_, i) => said[i]?.outcome === 'credited').map(({ idempotencyKey: operation }) => operation),
    );
    // The same update hears the same answer, so that it reaches the payer after a crash; any other hears of a repeat.
    expect(first.size).toBe(1);
    expect(said.filter((word) => word.outcome === 'repeat')).toHaveLength(10 - credited.length);
    expect(await at.lines()).toEqual([
      { operation: 'ch_1-1', account: '0012345', sumKopecks: 1_000_50 },
      { operation: 'ch_1-2', account: '0022222', sumKopecks: 99_50 },
    ]);
    expect(await at.told()).toEqual([]);
    // By either of its numbers it is the same money.
    expect(await at.paymentIntake.credit(at.by(1), { ...taken, chargeId: 'other' })).toEqual({ outcome: 'repeat' });
    expect(await at.paymentIntake.credit(at.by(1), { ...taken, providerChargeId: 'other' })).toEqual({ outcome: 'repeat' });
  });

  test('what is under way is taken off what is offered, and not off what billing knows', async () => {
    const at = await openCounter();
    const offer = async () => {
      const offered = await at.payments.offer(at.by(1));
      return offered.outcome === 'offered' ? offered.accounts.map((each) => [each.offerKopecks, each.underWayKopecks]) : offered;
    };
    expect(await offer()).toEqual([
      [1_000_50, 0],
      [0, 0],
    ]);
    await at.pay(await at.ordered(400_00, 150_00));
    expect(await offer()).toEqual([
      [600_50, 400_00],
      [0, 150_00],
    ]);
    const shown = await at.debts.show(at.by(1));
    expect(shown).toMatchObject({ debts: [{ totalKopecks: 1_000_50, underWayKopecks: 400_00 }, { underWayKopecks: 150_00 }] });
    await at.pay(await at.ordered(900_00));
    expect(await offer()).toMatchObject([
      [0, 1_300_00],
      [0, 150_00],
    ]);
  });

  test('an order paid twice, one that is gone, another sum, a currency, an account that vanished: kept and told, never lost', async () => {
    const at = await openCounter();
    const [twice, gone, other, dear, vanished] = await Promise.all([1, 2, 3, 4, 5].map((i) => at.ordered(i * 100_00, 100_00)));
    if (!twice || !gone || !other || !dear || !vanished) throw new Error('no orders');
    expect(await at.pay(twice)).toMatchObject({ outcome: 'credited', operation: 'ch_1' });
    expect(await at.pay(twice)).toEqual({ outcome: 'kept', operation: 'ch_2', totalKopecks: 200_00 });
    await sql`delete from payment_orders where id = ${gone.order}`.execute(at.db);
    expect(await at.pay(gone)).toMatchObject({ outcome: 'kept' });
    expect(await at.pay({ ...other, totalKopecks: 1 })).toMatchObject({ outcome: 'kept' });
    expect(await at.paymentIntake.credit(at.by(1), { ...at.takenFor(dear), currency: 'XTR' })).toMatchObject({ outcome: 'kept' });
    await sql`delete from links; delete from payments; delete from charges; delete from link_proofs`.execute(at.db);
    await sql`delete from accounts where number = '0022222'`.execute(at.db);
    expect(await at.pay(vanished)).toMatchObject({ outcome: 'kept' });
    expect(await at.pay({ ...vanished, order: 'a payload of nobody' })).toMatchObject({ outcome: 'kept' });

    const accounts = { accounts: '0012345, 0022222', known: 'yes' };
    const kind = 'payment-not-credited';
    expect(await at.told()).toEqual([
      { kind, operation: 'ch_2', sum: 200_00, reason: 'paid-twice', ...accounts },
      { kind, operation: 'ch_3', sum: 300_00, reason: 'order-gone', accounts: '', known: 'no' },
      { kind, operation: 'ch_4', sum: 1, reason: 'sum-differs', ...accounts },
      { kind, operation: 'ch_5', sum: 500_00, reason: 'sum-differs', ...accounts },
      { kind, operation: 'ch_6', sum: 600_00, reason: 'account-gone', ...accounts },
      { kind, operation: 'ch_7', sum: 600_00, reason: 'order-gone', accounts: '', known: 'no' },
    ]);
    const kept = await at.db.selectFrom('cardPayments').select('totalKopecks').where('notCredited', 'is not', null).execute();
    expect(kept).toHaveLength(6);
    expect(await at.lines()).toHaveLength(2);
  });

  test('what staff have to credit is under way for who paid it, and not asked for again, until they have decided', async () => {
    const at = await openCounter();
    const [one, same] = [await at.ordered(400_00, 150_00), await at.ordered(400_00, 150_00)];
    expect(await at.paymentIntake.hold(at.by(1), at.takenFor(one))).toMatchObject({ outcome: 'kept' });
    const shown = async () => {
      const seen = await at.debts.show(at.by(1));
      if (seen.outcome !== 'shown') throw new Error(seen.outcome);
      return seen.debts.map(({ offerKopecks, underWayKopecks, strayed }) => [
        offerKopecks,
        underWayKopecks,
        ...strayed.map(({ state, sumKopecks }) => `${state} ${sumKopecks}`),
      ]);
    };
    expect(await shown()).toEqual([
      [600_50, 400_00, 'held 40000'],
      [0, 150_00, 'held 15000'],
    ]);
    expect(await at.checkout(one)).toEqual({ outcome: 'refused', why: 'paid' });
    expect(await at.checkout(same)).toEqual({ outcome: 'refused', why: 'paid-meanwhile' });
    at.later(1);
    expect(await at.checkout(await at.ordered(400_00, 150_00))).toEqual({ outcome: 'ok' });

    // A part of it was credited by hand.
    const { id } = await at.db.selectFrom('cardPayments').select('id').executeTakeFirstOrThrow();
    const part = { operation: 'ch_1-1', paymentId: id, place: 1, account: '0012345', sumKopecks: 100_00 };
    await at.db.transaction().execute((trx) => insertCardPaymentLine(trx, part));
    expect(await shown()).toEqual([
      [600_50, 400_00, 'held 30000'],
      [0, 150_00, 'held 15000'],
    ]);
    // The rest is refused: that is the end of it.
    await sql`update requests set state = 'closed', closed_at = ${at.now()}, waiting_since = null`.execute(at.db);
    expect(await shown()).toEqual([
      [900_50, 100_00],
      [0, 0],
    ]);
  });

  test('what a senior credited of it to another account is under way there alone: the order’s accounts have no more than is left', async () => {
    const at = await openCounter();
    const held = at.takenFor(await at.ordered(400_00, 150_00));
    expect(await at.paymentIntake.hold(at.by(1), held)).toMatchObject({ outcome: 'kept' });
    const { id: paymentId } = await at.db.selectFrom('cardPayments').select('id').executeTakeFirstOrThrow();
    let place = 0;
    const credit = async (account: string, sumKopecks: number) => {
      const line = { operation: `ch_1-${++place}`, paymentId, place, account, sumKopecks };
      await at.db.transaction().execute((trx) => insertCardPaymentLine(trx, line));
      const seen = await at.debts.show(at.by(1));
      if (seen.outcome !== 'shown') throw new Error(seen.outcome);
      return seen.debts.map(({ underWayKopecks, strayed }) => [underWayKopecks, ...strayed.map((each) => each.sumKopecks)]);
    };
    await at.account('0033333');
    expect(await credit('0033333', 100_00)).toEqual([
      [400_00, 400_00],
      [50_00, 50_00],
    ]);
    expect(await credit('0033333', 300_00)).toEqual([[150_00, 150_00], [0]]);
    // One of the order’s own, and less than the order says.
    expect(await credit('0022222', 100_00)).toEqual([[50_00, 50_00], [100_00]]);
    expect(await credit('0033333', 50_00)).toEqual([[0], [100_00]]);
  });

  test('what was paid for one order a second time is nobody’s debt: it is taken off nothing', async () => {
    const at = await openCounter();
    const invoice = await at.ordered(400_00);
    await at.pay(invoice);
    expect(await at.pay(invoice)).toMatchObject({ outcome: 'kept' });
    expect(await at.debts.show(at.by(1))).toMatchObject({
      debts: [{ offerKopecks: 600_50, underWayKopecks: 400_00, strayed: [] }, {}],
    });
  });

  test('who signed out, unlinked or withdrew the consent meanwhile has paid for the account all the same', async () => {
    const at = await openCounter();
    const [one, two] = [await at.ordered(200_00), await at.ordered(300_00)];
    await at.desks.unlink(at.by(1), at.links[0]);
    await sql`update sessions set ended_at = ${at.now()}`.execute(at.db);
    expect(await at.pay(one)).toMatchObject({ outcome: 'credited' });
    const { id } = await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
    await at.db
      .transaction()
      .execute((trx) => forgetPayer(trx, { residentId: id, messengerIds: ['telegram:1'], now: new Date() }));
    expect(await at.checkout(two)).toEqual({ outcome: 'refused', why: 'unknown' });
    expect(await at.pay(two)).toMatchObject({ outcome: 'credited' });
    expect(await at.lines()).toMatchObject([{ sumKopecks: 200_00 }, { sumKopecks: 300_00 }]);
    // Nothing says who he was.
    const rows = await sql`select messenger_id from card_payments union all select messenger_id from payment_orders`.execute(
      at.db,
    );
    expect(rows.rows).toEqual(
      Array.from({ length: 2 }, () => ({ messengerId: null })).concat([{ messengerId: null }, { messengerId: null }]),
    );
    expect(await at.told()).toEqual([]);
  });

  test('nor does it where he paid from a messenger account that he has thrown out since', async () => {
    const at = await openCounter();
    await at.pay(await at.ordered(200_00));
    const { id } = await at.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
    await at.db.transaction().execute((trx) => forgetPayer(trx, { residentId: id, messengerIds: [], now: new Date() }));
    expect(await at.db.selectFrom('cardPayments').select(['messengerId', 'totalKopecks']).execute()).toEqual([
      { messengerId: null, totalKopecks: 200_00 },
    ]);
  });

  test('numbers that a registry could not carry, or that are taken, are replaced by one of our own', async () => {
    const at = await openCounter();
    const pay = async (providerChargeId: string, ...sums: number[]) => {
      const credit = await at.paymentIntake.credit(at.by(1), { ...at.takenFor(await at.ordered(...sums)), providerChargeId });
      return credit.outcome === 'credited' ? credit.operation : credit.outcome;
    };
    expect(await pay('A;B', 200_00)).toMatch(/^tg-[\w-]{22}$/);
    expect(await pay('', 200_00)).toMatch(/^tg-[\w-]{22}$/);
    expect(await pay('', 200_00)).toMatch(/^tg-[\w-]{22}$/);
    expect(await pay('x'.repeat(200), 200_00)).toMatch(/^tg-[\w-]{22}$/);
    expect(await pay('A', 200_00, 300_00)).toBe('A');
    expect(await pay('A-1', 200_00)).toMatch(/^tg-[\w-]{22}$/);
    expect(await pay('A-3', 200_00)).toBe('A-3');
  });

  test('money that went back is told once; it is under way no longer', async () => {
    const at = await openCounter();
    const invoice = await at.ordered(400_00);
    const taken = at.takenFor(invoice);
    await at.paymentIntake.credit(at.by(1), taken);
    const { chargeId } = taken;
    expect(await at.paymentIntake.refund(at.by(1), { chargeId, totalKopecks: 100_00 })).toMatchObject({
      outcome: 'noted',
    });
    expect(await at.debts.show(at.by(1))).toMatchObject({ debts: [{ underWayKopecks: 400_00 }, {}] });
    expect(await at.paymentIntake.refund(at.by(1), { chargeId, totalKopecks: 400_00 })).toMatchObject({
      outcome: 'noted',
    });
    expect(await at.paymentIntake.refund(at.by(1), { chargeId, totalKopecks: 400_00 })).toEqual({ outcome: 'repeat' });
    expect(await at.paymentIntake.refund(at.by(1), { chargeId: 'nobody', totalKopecks: 1 })).toEqual({
      outcome: 'unknown',
    });
    expect(await at.debts.show(at.by(1))).toMatchObject({ debts: [{ underWayKopecks: 0 }, {}] });
    expect(await at.told()).toMatchObject([
      { kind: 'payment-refunded', sum: 100_00, part: 'yes', exported: 0 },
      { sum: 400_00, part: 'no' },
      { operation: 'nobody' },
    ]);
  });
});
