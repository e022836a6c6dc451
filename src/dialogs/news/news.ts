import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';

/** «Уведомления»: what the resident is told of unasked, each with its switch; `ref` is the switch that was pressed and where to. */
export const news: Dialog<Office> = async (scene, ref) => {
  const { show, office } = scene;
  const [, pressed, to] = /^(.+)-(on|off)$/.exec(ref) ?? [];
  const known = await office.news.list();
  const kind = known.outcome === 'listed' ? known.switches.find((each) => each.kind === pressed)?.kind : undefined;
  const seen = kind ? await office.news.switchKind(kind, to === 'on') : known;
  if (seen.outcome === 'guest') return sayGuest(scene);

  const doors = seen.switches.map(
    (each): Door => ({
      label: 'button-news-switch',
      words: { on: each.on, name: [{ text: `news-name-${each.kind}` }] },
      dialog: 'news',
      ref: `${each.kind}-${each.on ? 'off' : 'on'}`,
      replaces: true,
    }),
  );
  return show('news-switches', { on: seen.switches.filter((each) => each.on).length }, doors);
};
