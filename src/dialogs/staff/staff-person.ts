import { areEnoughForPersonData, PERSON_PAPERS, type PersonPaper } from '../../domain/person-data.ts';
import type { Office } from '../../office/office.ts';
import type { PersonRef, PersonRequests, PersonSeen } from '../../office/staff/person-requests.ts';
import type { Dialog, Door, Scene, TextArgs } from '../kit/scene.ts';

type LookUp = Awaited<ReturnType<PersonRequests['find']>>;
type PersonFound = Extract<LookUp, { outcome: 'person' }>;
type AccountFound = Extract<LookUp, { outcome: 'account' }>;

const FIND: Door = { label: 'button-find-account', dialog: 'staff-find' };

/** What a person asks for by a paper application: a copy of what is kept, or that the consent is withdrawn. `ref`: an account, or a resident's row. */
export const staffPerson: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const found = await office.personRequests.find(ref);
  switch (found.outcome) {
    case 'not-staff':
      return say('not-understood');
    case 'senior-needed':
      return say('staff-person-senior-needed');
    case 'none':
      return say('staff-person-none', {}, [FIND]);
    case 'person':
      return servePerson(scene, found);
    case 'account':
      return serveAccount(scene, found);
  }
};

/** Who asks about an account: its owner, who may have a copy of what billing has, or one of those who linked it. */
async function serveAccount(scene: Scene<Office>, { account, people, kept }: AccountFound): Promise<unknown> {
  const { pick, choose, goTo } = scene;
  if (people.length > 0) {
    const options = [
      { key: 'owner', label: { text: 'button-person-owner' } },
      ...people.map((person) => ({
        key: person.resident,
        label: { text: person.phone === null ? 'button-person-phoneless' : 'button-person-resident', words: namesOf(person) },
      })),
    ];
    const asker = await pick('staff-person-whose', options, { account, people: people.length });
    if (asker !== 'owner') return goTo('staff-person', asker);
  }
  await choose('staff-person-what', ['person-export'], { whose: 'account', account, kept: kept.map(keptPhrase) });
  return handOut(scene, { account }, 'account');
}

async function servePerson(scene: Scene<Office>, { person, kept }: PersonFound): Promise<unknown> {
  const { say, choose, office } = scene;
  const { resident } = person;
  const words = { whose: 'resident', ...namesOf(person), kept: kept.map(keptPhrase) };
  const chosen = await choose('staff-person-what', ['person-export', 'person-erase'], words);
  if (chosen === 'person-export') return handOut(scene, { resident }, 'resident');
  const papers = await tickPapers(scene, 'go-on-erasing', { verb: 'erase', whose: 'resident' });
  await choose('staff-person-sure', ['erase-now'], { login: person.login });
  const { outcome } = await office.personRequests.erase(resident, papers);
  switch (outcome) {
    case 'erased':
      return say('staff-person-erased', { login: person.login }, [FIND]);
    case 'none':
      return say('staff-person-none', {}, [FIND]);
    case 'senior-needed':
      return say('staff-person-senior-needed');
    case 'papers-wanting':
    case 'not-staff':
      return say('not-understood');
  }
}

async function handOut(scene: Scene<Office>, of: PersonRef, whose: 'account' | 'resident'): Promise<unknown> {
  const { say, handSecret } = scene;
  const papers = await tickPapers(scene, 'hand-out', { verb: 'export', whose });
  const { outcome } = await handSecret(async (hand, office) => {
    const exported = await office.personRequests.export(of, papers);
    if (exported.outcome !== 'exported') return { outcome: exported.outcome };
    return office.personRequests.handed(await hand({ kind: 'person-data', data: exported.file }, 'staff-person-file'));
  });
  switch (outcome) {
    case 'handed':
      return say('staff-person-handed', {}, [FIND]);
    case 'lost':
      return say('staff-person-lost', {}, [{ label: 'button-person-data', dialog: 'staff-person', ref: refOf(of) }]);
    case 'none':
      return say('staff-person-none', {}, [FIND]);
    case 'senior-needed':
      return say('staff-person-senior-needed');
    case 'papers-wanting':
    case 'not-staff':
      return say('not-understood');
  }
}

const refOf = (of: PersonRef): string => ('resident' in of ? of.resident : of.account);

function tickPapers({ tick }: Scene<Office>, done: string, words: TextArgs): Promise<PersonPaper[]> {
  return tick('staff-person-papers', PERSON_PAPERS, { done, enough: areEnoughForPersonData }, words);
}

const namesOf = ({ login, phone }: PersonSeen) => ({ login, phone: phone ?? 'none' });

const keptPhrase = ({ kind, rows }: PersonFound['kept'][number]) => ({ text: 'staff-person-kept', words: { part: kind, rows } });
