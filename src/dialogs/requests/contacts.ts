import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { showPoints } from '../steps/points.ts';

/** «Контакты»: telephones, addresses and hours of the centre, and its payment points. */
export const contacts: Dialog<Office> = async (scene) => {
  const { name, phones, email, site } = await scene.office.contacts.show();
  await scene.say('contacts', {
    name,
    phones: phones.map((phone) => `${phone.number} — ${phone.about}`).join('\n'),
    online: [site, email].filter((each) => each !== null).join('\n'),
  });
  await showPoints(scene);
};
