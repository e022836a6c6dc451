import { loadCentre } from '../../adapters/centre-file.ts';
import type { Config } from '../../config/config.ts';
import { nodeWarning, warningsOf } from '../../config/warnings.ts';
import type { Centre } from '../../office/centre.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import { type Finding, type Findings, fault, good, warning } from './finding.ts';

const ABOUT = 'настройки';

/** The settings that could be read, with what is hardly meant so, and the centre's file; undefined where that stops the start. */
export async function lookAtSettings(config: Config, now: Date): Promise<{ centre: Centre | undefined; findings: Findings }> {
  const old = nodeWarning(process.versions.node, now);
  const findings: Finding[] = [
    good(ABOUT, config.mode === 'sandbox' ? 'BOT_TOKEN не задан: это песочница' : 'прочитаны, бот в Telegram'),
    old === undefined ? good('Node', process.versions.node) : warning('Node', old),
    ...config.warnings.map((says) => warning(ABOUT, says)),
  ];
  let centre: Centre;
  try {
    centre = await loadCentre(config.centreFile);
  } catch (error) {
    if (!(error instanceof CentreFileError)) throw error;
    return { centre: undefined, findings: [...findings, ...error.problems.map((says) => fault('CENTRE_FILE', says))] };
  }
  const warnings = await warningsOf(config, centre, now);
  findings.push(good('CENTRE_FILE', 'прочитан'), ...(config.mode === 'sandbox' ? [] : missing(config)));
  // Money that goes astray does not come back.
  findings.push(...warnings.map((says) => (says.startsWith('PAYEE_') ? fault('реквизиты', says) : warning(ABOUT, says))));
  if (config.payee && !warnings.some((says) => says.startsWith('PAYEE_')))
    findings.push(good('реквизиты', 'контрольные цифры сходятся'));
  return { centre, findings };
}

function missing(config: Config): Finding[] {
  const warnings = [
    ...(config.payee ? [] : ['PAYEE_…: не заданы: в квитанциях не будет ни реквизитов, ни QR-кода; задайте все шесть']),
    ...(config.staffChatId === undefined ? ['STAFF_CHAT_ID: не задан: обращения жителей ждут в базе, пока группы нет'] : []),
  ];
  return warnings.map((says) => warning(ABOUT, says));
}
