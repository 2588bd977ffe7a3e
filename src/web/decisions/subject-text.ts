import type { Subject } from '../api/client.ts'
import type { PageWords } from '../words/use-words.ts'

/** A subject by its recorded id: what this page calls members of another household is not theirs. */
export function subjectText(subject: Subject, w: PageWords): string {
  return subject.kind === 'household' ? w.common.household : w.decisions.member(subject.id)
}

/** One text for each subject of each programme. */
export function subjectKey(one: { readonly programme: string; readonly subject: Subject }): string {
  const { programme, subject } = one
  return `${programme} ${subject.kind === 'household' ? '' : subject.id}`
}
