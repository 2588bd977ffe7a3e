import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import type { Answer, Determination, DeterminationRequest } from '../api/client.ts'
import type { Decision } from '../api/decisions.ts'
import { determination } from '../api/queries.ts'
import { useAsked } from '../household/asked.tsx'
import { Screen } from '../shell/screen.tsx'
import { Empty, Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { useMoment } from './moment.ts'
import { entitles, outcomeWord } from './outcome-mark.tsx'
import { entitlementLine } from './quantity.ts'
import { useSubjectName } from './subject-answer.tsx'
import { useDistance } from './use-distance.ts'
import { withLocators } from './with-locators.ts'

/** A notice of one outcome, to be printed and handed over. */
export default function NoticeScreen() {
  const { w } = useWords()
  const { submitted } = useAsked()
  return (
    <Screen title={w.notice.title}>
      {submitted === null ? <Gone /> : <Noticed request={submitted} />}
    </Screen>
  )
}

function Gone() {
  const { w } = useWords()
  return (
    <Empty title={w.notice.gone} help={w.answer.noneHelp}>
      <Button component={Link} href="/">
        {w.answer.toHousehold}
      </Button>
    </Empty>
  )
}

function Noticed({ request }: { request: DeterminationRequest }) {
  const { language } = useWords()
  const { city, programme, subject } = useParams()
  const recorded = useAsked().decision
  const isRecorded = recorded?.outcomes.some((one) => one.programme === `${city}/${programme}`)
  const decision = isRecorded ? recorded : null
  // A decision keeps its own moment, in whichever language it is read.
  const knownAt = decision?.determination?.knownAt
  const asked = knownAt === undefined ? request : { ...request, knownAt }
  const query = useQuery(determination(asked, language))
  return (
    <Fetched query={query}>
      {(answer) => {
        const found = answer.determinations.find(
          (one) =>
            one.programme === `${city}/${programme}` &&
            (one.subject.kind === 'household' ? 'household' : one.subject.id) === subject,
        )
        return found === undefined ? <Gone /> : <Notice {...{ answer, decision }} about={found} />
      }}
    </Fetched>
  )
}

interface NoticeProps {
  readonly answer: Answer
  readonly about: Determination
  /** Null where it was not recorded. */
  readonly decision: Decision | null
}

function Notice({ answer, about, decision }: NoticeProps) {
  const { w } = useWords()
  const name = useSubjectName()
  const when = useMoment()
  const distance = useDistance()
  const { reasons, entitlement, clauses } = about
  return (
    <>
      <p className="row no-print">
        <Button onClick={() => window.print()}>{w.common.print}</Button>
        <Link href="/answer">{w.common.back}</Link>
      </p>
      <article className="card notice">
        <table className="plain">
          <tbody>
            <Row name={w.notice.to} value="　" />
            <Row name={w.notice.caseReference} value={decision?.caseReference ?? '　'} />
            <Row name={w.notice.programme} value={about.title} />
            <Row name={w.notice.about} value={name(about.subject)} />
            <Row name={w.notice.date} value={answer.asOf} />
            <Row name={w.notice.outcome} value={<strong>{outcomeWord(about, w)}</strong>} />
            {entitlement !== null && (
              <Row name={w.notice.entitlement} value={entitlementLine(entitlement, w)} />
            )}
          </tbody>
        </table>
        <p>{about.text}</p>
        {about.outcome === 'eligible' && !entitles(about) && <p>{w.answer.namedHelp}</p>}
        <h2>{w.notice.reasons}</h2>
        <ul>
          {reasons
            .filter(({ decisive }) => decisive)
            .map((reason) => (
              <li key={reason.condition}>
                {[reason.text, distance(reason)].filter(Boolean).join(w.common.comma)}
              </li>
            ))}
          {entitlement?.steps.map((step) => (
            <li key={step}>{withLocators(step, answer.clauses)}</li>
          ))}
        </ul>
        <h2>{w.notice.clauses}</h2>
        <ul>
          {clauses.map((id) => {
            const clause = answer.clauses[id]
            if (clause === undefined) return null
            const { title, number, locator, quote, text } = clause
            return (
              <li key={id}>
                {title} {number} {locator}
                {w.common.colon}
                {quote === null ? text : `“${quote}”`}
              </li>
            )
          })}
        </ul>
        {about.interpretations.length > 0 && (
          <>
            <h2>{w.answer.interpretations}</h2>
            <ul>
              {about.interpretations.map((id) => (
                <li key={id}>{answer.interpretations[id]}</li>
              ))}
            </ul>
          </>
        )}
        {about.warnings.map((code) => (
          <p key={code}>{answer.warnings[code]}</p>
        ))}
        <h2>{w.notice.version}</h2>
        <p>
          {about.ruleVersion} · {w.notice.digest} <code>{about.ruleDigest}</code> · {w.notice.known}{' '}
          {when(answer.knownAt)}
        </p>
        <h2>{w.notice.receipt}</h2>
        {decision === null ? (
          <p>{w.notice.noReceipt}</p>
        ) : (
          <p>
            {w.record.id} <code>{decision.id}</code> · {w.record.recordedAt}{' '}
            {when(decision.recordedAt)} <code>{decision.recordedAt}</code> · {w.record.leafHash}{' '}
            <code>{decision.receipt.leafHash}</code> · {w.record.receipt}{' '}
            <code>{decision.receipt.signature}</code> · {w.record.keyId}{' '}
            <code>{decision.receipt.keyId}</code>
          </p>
        )}
        <h2>{w.notice.review}</h2>
        <p>{w.notice.reviewText}</p>
        <p className="row" style={{ marginTop: '2.5rem' }}>
          <span>
            {w.notice.signature}
            {w.common.colon}______________
          </span>
          <span>
            {w.notice.day}
            {w.common.colon}______________
          </span>
        </p>
      </article>
    </>
  )
}

function Row({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  )
}
