import type { RequestLine } from '../../office/requests/shown.ts';
import type { Option, TextArgs } from '../kit/scene.ts';

/** The words of the text `request-title`. */
export function requestWords({ number, topic, state }: RequestLine): TextArgs {
  return { number, topic: topic || 'none', state };
}

/** Requests on buttons, and by their numbers. */
export function requestOptions(requests: readonly RequestLine[]): Option[] {
  return requests.map((request) => {
    const number = String(request.number);
    return {
      key: number,
      label: { text: 'request-label', words: requestWords(request) },
      also: [number, `номер ${number}`, `обращение ${number}`, `обращение № ${number}`],
    };
  });
}
