import type { PageWords } from '../words/use-words.ts'

/** What a person of the interview is called; the first is the one who answers. */
export function personName(id: string, w: PageWords): string {
  const n = Number(id.slice(1))
  return n === 1 ? w.interview.me : w.common.member(n)
}
