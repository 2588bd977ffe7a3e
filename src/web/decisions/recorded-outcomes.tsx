import { useState } from 'react'
import { Link } from 'wouter'
import { ClauseQuote } from '../answer/clause-quote.tsx'
import { OutcomeMark } from '../answer/outcome-mark.tsx'
import { entitlementLine } from '../answer/quantity.ts'
import { ReasonTree } from '../answer/reason-tree.tsx'
import type { Answer, Determination, Schemas } from '../api/client.ts'
import type { RecordedDecision } from '../api/ledger.ts'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { ByOutcome } from './by-outcome.tsx'
import { RecordedMark } from './recorded-mark.tsx'
import { subjectKey, subjectText } from './subject-text.ts'
import { useRecordedLanguage } from './use-recorded-language.ts'

/** What was computed and recorded; without reasons and amounts once the facts were erased. */
export function RecordedOutcomes({ decision }: { decision: RecordedDecision }) {
  const { w } = useWords()
  const { determination } = decision
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">{w.decisions.outcomesTitle}</h2>
      <p className="lead">{w.decisions.outcomesLead}</p>
      {determination === null ? (
        <ByOutcome all={decision.outcomes}>
          {(one) => <Bare key={subjectKey(one)} decided={one} reviews={decision.reviews} />}
        </ByOutcome>
      ) : (
        <>
          <ByOutcome all={determination.determinations}>
            {(one) => (
              <Whole
                key={subjectKey(one)}
                determination={one}
                answer={determination}
                reviews={decision.reviews}
              />
            )}
          </ByOutcome>
          <NotInForce answer={determination} />
        </>
      )}
    </section>
  )
}

type Reviews = RecordedDecision['reviews']

/** What a person said last about an outcome: nobody should act on it without having seen that. */
function Reviewed({ about, reviews }: { about: Schemas['DecidedOutcome']; reviews: Reviews }) {
  const { w } = useWords()
  const last = reviews.findLast((review) => subjectKey(review) === subjectKey(about))
  if (last === undefined) return null
  return (
    <p className="row">
      <strong>{w.decisions.reviews.last}</strong> <RecordedMark outcome={last.outcome} />
    </p>
  )
}

interface BareProps {
  readonly decided: Schemas['DecidedOutcome']
  readonly reviews: Reviews
}

function Bare({ decided, reviews }: BareProps) {
  const { w } = useWords()
  const name = useProgrammeName()
  const { programme, subject, outcome, ruleVersion, clauses } = decided
  return (
    <article className={`card ${outcome}`}>
      <h3>
        <Link href={`/rules/${programme}`}>{name(programme)}</Link>
      </h3>
      <div className="row">
        <RecordedMark outcome={outcome} />
        <span>{subjectText(subject, w)}</span>
      </div>
      <Reviewed about={decided} reviews={reviews} />
      <Version ruleVersion={ruleVersion} />
      <p>
        {w.decisions.clauses}
        {w.common.colon}
        <code>{clauses.join(', ')}</code>
      </p>
    </article>
  )
}

interface WholeProps {
  readonly determination: Determination
  readonly answer: Answer
}

function Whole({ determination, answer, reviews }: WholeProps & { reviews: Reviews }) {
  const { w } = useWords()
  const language = useRecordedLanguage(answer)
  const lang = language && { zh: 'zh-Hans', en: 'en' }[language]
  const { title, programme, subject, outcome, entitlement } = determination
  // A decision about many programmes opens faster with these still closed.
  const [open, setOpen] = useState(false)
  return (
    <article className={`card ${outcome}`}>
      <h3>
        <Link href={`/rules/${programme}`} lang={lang}>
          {title}
        </Link>
      </h3>
      <div className="row">
        <OutcomeMark {...determination} />
        <span>{subjectText(subject, w)}</span>
        {entitlement !== null && <strong>{entitlementLine(entitlement, w)}</strong>}
      </div>
      <Reviewed about={determination} reviews={reviews} />
      <p lang={lang}>{determination.text}</p>
      <Version ruleVersion={determination.ruleVersion} because={determination.chosenBecause} />
      <details className="more" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{w.decisions.details}</summary>
        {open && <Grounds determination={determination} answer={answer} />}
      </details>
    </article>
  )
}

function Grounds({ determination, answer }: WholeProps) {
  const { w } = useWords()
  const { entitlement, reasons, clauses } = determination
  return (
    <>
      <h4>{w.decisions.reasons}</h4>
      <ReasonTree reasons={reasons} />
      {entitlement !== null && entitlement.steps.length > 0 && (
        <>
          <h4>{w.decisions.steps}</h4>
          <ol>
            {entitlement.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      <h4>{w.decisions.clauses}</h4>
      {clauses.map((id) => {
        const clause = answer.clauses[id]
        return clause === undefined ? null : <ClauseQuote key={id} id={id} clause={clause} />
      })}
    </>
  )
}

function Version({ ruleVersion, because }: { ruleVersion: string; because?: string }) {
  const { w } = useWords()
  return (
    <p className="quiet">
      {w.decisions.version}{' '}
      <Link href={`/rules/${ruleVersion.replace('@', '/')}`}>{ruleVersion}</Link>
      {because !== undefined && ` · ${because}`}
    </p>
  )
}

function NotInForce({ answer: { notInForce } }: { answer: Answer }) {
  const { w } = useWords()
  const name = useProgrammeName()
  if (notInForce.length === 0) return null
  return (
    <details className="more">
      <summary>{w.common.aside(w.decisions.notInForce, notInForce.length)}</summary>
      <ul>
        {notInForce.map(({ programme, reason }) => (
          <li key={programme}>
            <Link href={`/rules/${programme}`}>{name(programme)}</Link>:{' '}
            {w.answer.notInForceReason[reason]}
          </li>
        ))}
      </ul>
    </details>
  )
}
