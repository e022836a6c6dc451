import { PAYMENTS_OUT } from '../../office/money/payment-export.ts';
import { READINGS_OUT } from '../../office/readings/reading-export.ts';
import type { Outgoing } from '../../office/registries/exports.ts';
import type { ExportKind } from '../../records/exports.ts';

export const OUTGOING: Readonly<Record<ExportKind, Outgoing>> = { readings: READINGS_OUT, payments: PAYMENTS_OUT };
