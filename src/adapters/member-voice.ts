import { lookOf } from '../domain/button-look.ts';
import type { SpokenToPerson } from '../delivery/notices/send.ts';
import type { StaffVoice } from '../delivery/staff-voice.ts';
import type { MemberVoice, Said } from '../office/edges.ts';
import type { Texts } from '../texts/texts.ts';

/** Puts what the office says into words. */
export function memberVoice(voice: StaffVoice, texts: Texts): MemberVoice {
  const spoken = ({ text, words, doors = [] }: Said): SpokenToPerson => ({
    marked: texts.text(text, words, { marked: true }),
    doors: doors.map((door) => ({ ...door, label: texts.text(door.label), ...lookOf(door.label) })),
  });
  return {
    show: (to, said, inPlaceOf) => voice.show(to, spoken(said), inPlaceOf),
    hand: (to, file, said) => voice.hand(to, file, spoken(said)),
  };
}
