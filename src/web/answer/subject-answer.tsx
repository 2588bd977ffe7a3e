import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import type { Answer, Determination, DeterminationRequest, Subject } from '../api/client.ts'
import { facts, upcomingChanges } from '../api/queries.ts'
import { OF_ANSWER, useAsked, useOpening } from '../household/asked.tsx'
import { fieldId } from '../household/field-id.ts'
import { useOutdated } from '../household/use-outdated.ts'
import { useWords } from '../words/use-words.ts'
import { ClauseQuote } from './clause-quote.tsx'
import { entitles, OutcomeMark, outcomeWord } from './outcome-mark.tsx'
import { entitlementLine } from './quantity.ts'
import { ReasonTree, withoutMark } from './reason-tree.tsx'
import { useDistance } from './use-distance.ts'
import { withLocators } from './with-locators.ts'

export interface SubjectAnswerProps {
  readonly determination: Determination
  readonly answer: Answer
  readonly request: DeterminationRequest
  /** Whether the parts below are open from the start. */
  readonly open: boolean
}

/** The name of a subject of the answer, as it was when the answer was asked for. */
export function useSubjectName(): (subject: Subject) => string {
  const { w } = useWords()
  const { submitted, names } = useAsked()
  return (subject) => {
    if (subject.kind === 'household') return w.common.household
    const members = submitted?.household.members ?? []
    const index = members.findIndex(({ id }) => id === subject.id)
    return index < 0 ? subject.id : w.common.member(index + 1, names[subject.id])
  }
}

/** What one programme means for one subject. */
export function SubjectAnswer(props: SubjectAnswerProps) {
  const { w } = useWords()
  const name = useSubjectName()
  const { determination } = props
  const { subject, entitlement, outcome, warnings } = determination
  const about = subject.kind === 'household' ? 'household' : subject.id
  const place = `${OF_ANSWER}${determination.programme}/${about}`
  const [shown, setShown] = useOpening(place, props.open)
  const { warnings: words } = props.answer
  return (
    <div>
      <div className="row">
        <OutcomeMark {...determination} />
        <span>{name(subject)}</span>
        {entitlement !== null && <strong>{entitlementLine(entitlement, w)}</strong>}
      </div>
      {outcome === 'eligible' && !entitles(determination) && <p>{w.answer.namedHelp}</p>}
      {outcome === 'ineligible' && <Failing determination={determination} />}
      {outcome === 'unknown' && <StillMissing {...determination} />}
      {warnings
        .filter((code) => code !== 'unchecked-source')
        .map((code) => (
          <p key={code}>⚠ {words[code]}</p>
        ))}
      <details className="more" open={shown} onToggle={(e) => setShown(e.currentTarget.open)}>
        <summary>{w.answer.details}</summary>
        {shown && <Grounds {...props} />}
      </details>
    </div>
  )
}

/** The failed conditions that decided, each with its distance to the line. */
function Failing({ determination }: { determination: Determination }) {
  const distance = useDistance()
  return (
    <ul>
      {determination.reasons
        .filter(({ decisive, met }) => decisive && met === false)
        .map((reason) => (
          <li key={reason.condition}>
            {withoutMark(reason.text)} <strong>{distance(reason)}</strong>
          </li>
        ))}
    </ul>
  )
}

/** What would settle it, each with a way to its field. */
function StillMissing({ missing, needs }: Pick<Determination, 'missing' | 'needs'>) {
  const { w, language } = useWords()
  const dictionary = useQuery(facts).data ?? []
  const { asked, want } = useAsked()
  const [, go] = useLocation()
  const name = useSubjectName()
  const lines = missing.map((place) => {
    const [, id = '', member] = place.split('/')
    const fact = member === undefined ? place : `member.${member}`
    const { label, source } = dictionary.find((one) => one.id === fact) ?? {}
    const index = asked.members.findIndex((one) => one.id === id)
    const pointer =
      member === undefined
        ? `/household/${place.split('.')[1]}`
        : `/household/members/${index}/${member}`
    const about = member === undefined ? '' : `${name({ kind: 'member', id })} · `
    return { place, label: about + (label?.[language] ?? fact), source, id: fieldId(pointer) }
  })
  return (
    <>
      {lines.length > 0 && (
        <p className="row">
          <span>
            {w.answer.missing}
            {w.common.colon}
          </span>
          {lines.map(({ place, label, source, id }) => (
            <span key={place}>
              <button
                type="button"
                className="plain-button"
                onClick={() => {
                  want(id)
                  go('/')
                }}
              >
                {label}
              </button>{' '}
              {source === 'official' && <span className="tag official">{w.common.official}</span>}
            </span>
          ))}
        </p>
      )}
      {needs !== null && (
        <p className="quiet">
          {needs === 'official' ? w.answer.needsOfficial : w.answer.needsCitizen}
        </p>
      )}
    </>
  )
}

/** Clauses, reasons, sums, version, readings: everything the outcome rests on. */
function Grounds({ determination, answer, request }: SubjectAnswerProps) {
  const { w } = useWords()
  const { reasons, clauses, entitlement, ruleVersion, chosenBecause } = determination
  const { interpretations, programme, subject } = determination
  const outdated = useOutdated()
  const version = ruleVersion.split('@')[1]
  const about = subject.kind === 'household' ? 'household' : subject.id
  return (
    <>
      <p>{determination.text}</p>
      <h4>{w.answer.why}</h4>
      <ReasonTree reasons={reasons} />
      {entitlement !== null && entitlement.steps.length > 0 && (
        <>
          <h4>{w.answer.steps}</h4>
          <ol>
            {entitlement.steps.map((step) => (
              <li key={step}>{withLocators(step, answer.clauses)}</li>
            ))}
          </ol>
        </>
      )}
      <h4>{w.answer.clauses}</h4>
      {clauses.map((id) => {
        const clause = answer.clauses[id]
        return clause === undefined ? null : <ClauseQuote key={id} id={id} clause={clause} />
      })}
      <WhatWouldChange determination={determination} request={request} />
      {interpretations.length > 0 && (
        <>
          <h4>{w.answer.interpretations}</h4>
          <ul>
            {interpretations.map((id) => (
              <li key={id}>{answer.interpretations[id]}</li>
            ))}
          </ul>
        </>
      )}
      <h4>{w.answer.version}</h4>
      <p>
        <Link href={`/rules/${programme}/${version}`}>{ruleVersion}</Link> · {chosenBecause}
      </p>
      {!outdated && (
        <p className="no-print">
          <Link href={`/notice/${programme}/${about}`}>{w.answer.notice}</Link>
        </p>
      )}
    </>
  )
}

/** The facts that keep it from holding, and the day on which age or a published rule changes it. */
function WhatWouldChange({
  determination,
  request,
}: Pick<SubjectAnswerProps, 'determination' | 'request'>) {
  const { w } = useWords()
  const distance = useDistance()
  const changes = useQuery(upcomingChanges(request)).data
  const { reasons, programme, subject, force } = determination
  const open = reasons.filter(({ decisive, met }) => decisive && met !== true)
  const change = changes?.find(
    (one) =>
      one.programme === programme &&
      (one.subject.kind === 'household' ||
        (subject.kind === 'member' && one.subject.id === subject.id)),
  )
  return (
    <>
      <h4>{w.answer.change}</h4>
      {open.length > 0 && (
        <>
          <p>{w.answer.changeFacts}</p>
          <ul>
            {open.map((reason) => (
              <li key={reason.condition}>
                {withoutMark(reason.text)} <strong>{distance(reason)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      {change !== undefined && (
        <p>
          <strong>
            {w.answer.changeOn(change.on, outcomeWord({ outcome: change.outcome, force }, w))}
          </strong>
          {w.common.aside('', change.because === 'date' ? w.answer.byDate : w.answer.byRule)}
        </p>
      )}
      {changes !== undefined && change === undefined && <p>{w.answer.changeNone}</p>}
    </>
  )
}
