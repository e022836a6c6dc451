import { newsSwitchRef, readNewsSwitchRef } from '../../domain/door-refs.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';

/** «Уведомления»: what the resident is told of unasked, each with its switch; `ref` is the switch that was pressed and where to. */
export const news: Dialog<Office> = async (scene, ref) => {
  const { show, office } = scene;
  const pressed = readNewsSwitchRef(ref);
  const known = await office.news.list();
  const kind = known.outcome === 'listed' ? known.switches.find((each) => each.kind === pressed?.kind)?.kind : undefined;
  const seen = kind ? await office.news.switchKind(kind, pressed?.on === true) : known;
  if (seen.outcome === 'guest') return sayGuest(scene);

  const doors = seen.switches.map(
    (each): Door => ({
      label: 'button-news-switch',
      words: { on: each.on, name: [{ text: `news-name-${each.kind}` }] },
      dialog: 'news',
      ref: newsSwitchRef(each.kind, !each.on),
      replaces: true,
    }),
  );
  return show('news-switches', { on: seen.switches.filter((each) => each.on).length }, doors);
};
