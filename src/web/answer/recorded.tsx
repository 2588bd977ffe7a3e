import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Answer } from '../api/client.ts'
import type { Decision } from '../api/decisions.ts'
import { NamedValues } from '../shell/named-values.tsx'
import { useWords } from '../words/use-words.ts'
import { useMoment } from './moment.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import { ReviewDecision } from './review-decision.tsx'
import { useSubjectName } from './subject-answer.tsx'

interface RecordedProps {
  readonly answer: Answer
  readonly decision: Decision
}

interface NewProps {
  /** Recorded just now: focus goes to what became of the form. */
  readonly isNew: boolean
}

/** A recorded decision: its receipt, what people said about its outcomes, and a form to say more. */
export function Recorded({ answer, decision, isNew }: RecordedProps & NewProps) {
  const { w } = useWords()
  const when = useMoment()
  const done = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (isNew) done.current?.focus()
  }, [isNew])
  const { id, recordedAt, caseReference, office, receipt } = decision
  return (
    <>
      <p role="status" ref={done} tabIndex={-1}>
        <strong>{w.record.done}</strong>
      </p>
      <NamedValues
        rows={[
          [w.record.id, <code key="id">{id}</code>],
          [w.record.recordedAt, <Moment key="at" at={recordedAt} shown={when(recordedAt)} />],
          [w.record.caseReference, caseReference],
          [w.record.office, office],
          [w.record.leafHash, <code key="leaf">{receipt.leafHash}</code>],
          [w.record.receipt, <code key="receipt">{receipt.signature}</code>],
          [w.record.keyId, <code key="key">{receipt.keyId}</code>],
        ]}
      />
      <p>
        <Link href={`/decisions/${id}`}>{w.record.check}</Link>
      </p>
      <Reviews answer={answer} decision={decision} />
      <ReviewDecision answer={answer} decision={decision} />
    </>
  )
}

function Moment({ at, shown }: { at: string; shown: string }) {
  return (
    <>
      {shown} <code className="quiet">{at}</code>
    </>
  )
}

function Reviews({ answer, decision: { reviews } }: RecordedProps) {
  const { w } = useWords()
  const name = useSubjectName()
  const when = useMoment()
  const found = (programme: string) =>
    answer.determinations.find((one) => one.programme === programme)
  return (
    <>
      <h3>{w.review.state}</h3>
      {reviews.length === 0 && <p>{w.review.none}</p>}
      <ul>
        {reviews.map((review) => {
          const about = found(review.programme)
          const force = about?.force ?? 'standard'
          return (
            <li key={review.id}>
              {about?.title ?? review.programme} · {name(review.subject)}: {w.review.computed}{' '}
              <OutcomeMark outcome={review.computed} force={force} />, {w.review.said}{' '}
              <OutcomeMark outcome={review.outcome} force={force} />. {w.review.reason}:{' '}
              {review.reason}{' '}
              <span className="quiet">
                ({review.actor}, {when(review.recordedAt)})
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
