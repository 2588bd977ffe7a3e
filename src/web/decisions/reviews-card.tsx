import type { RecordedDecision } from '../api/ledger.ts'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { Instant } from './instant.tsx'
import { subjectText } from './subject-text.ts'

/** What people said about the computed outcomes, oldest first. */
export function ReviewsCard({ decision: { reviews } }: { decision: RecordedDecision }) {
  const { w } = useWords()
  const words = w.decisions.reviews
  const name = useProgrammeName()
  const outcome = w.decisions.outcomes
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">{words.title}</h2>
      {reviews.length === 0 && (
        <p>
          {words.none} <span className="quiet">{words.noneHelp}</span>
        </p>
      )}
      {reviews.length > 0 && <p className="quiet">{words.apart}</p>}
      {reviews.map((review) => (
        <article className="card" key={review.id}>
          <h3>
            {review.outcome === review.computed ? words.confirmed : words.changed} ·{' '}
            {name(review.programme)} · {subjectText(review.subject, w)}
          </h3>
          <p>{words.said(outcome[review.computed], outcome[review.outcome])}</p>
          <p>
            {w.review.reason}
            {w.common.colon}
            {review.reason ?? words.reasonErased}
          </p>
          <p className="quiet">
            <Instant at={review.recordedAt} /> · {review.actor}
            {review.office !== null && ` · ${review.office}`}
          </p>
        </article>
      ))}
    </section>
  )
}
