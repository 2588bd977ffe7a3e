import { useState } from 'react'
import { Icon } from '../answer/mark.tsx'
import type { Answer, Schemas } from '../api/client.ts'
import type { Replay } from '../api/ledger.ts'
import { NamedValues } from '../shell/named-values.tsx'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { DifferenceRow, type Side } from './difference-row.tsx'
import { ordered } from './proof/step.ts'
import { subjectKey, subjectText } from './subject-text.ts'

interface ReplayResultProps {
  readonly recorded: Answer
  readonly replay: Replay
}

/** What came out: identical, the same in all that counts, or how many differences. */
export function ReplayVerdict({ recorded, replay }: ReplayResultProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const { differences, determination } = replay
  const isIdentical = replay.reproduced && ordered(recorded) === ordered(determination)
  const [title, help] = isIdentical
    ? [words.identical, words.identicalHelp]
    : replay.reproduced
      ? [words.reproduced, words.reproducedHelp]
      : [words.differs(differences.length), null]
  const standing = replay.reproduced ? 'met' : 'unmet'
  return (
    <>
      <p>
        <span className={`mark wraps ${standing}`}>
          <Icon standing={standing} />
          {title}
        </span>
      </p>
      {help !== null && <p>{help}</p>}
    </>
  )
}

/** Programmes with differences up to which each is open from the start. */
const MOST_OPEN = 5

type Difference = Schemas['Difference']
type OfProgramme = Difference & {
  readonly programme: string
  readonly subject: NonNullable<Difference['subject']>
}

function isOfProgramme(one: Difference): one is OfProgramme {
  return one.programme !== null && one.subject !== null
}

/** What was altered, then by programme and subject only what differs. */
export function Differences({ recorded, replay }: ReplayResultProps) {
  const differences = replay.differences.filter(isOfProgramme)
  const keys = [...new Set(differences.map(subjectKey))]
  return (
    <>
      <Altered differences={replay.differences.filter((one) => !isOfProgramme(one))} />
      {keys.map((key) => (
        <Differing
          key={key}
          open={keys.length <= MOST_OPEN}
          differences={differences.filter((one) => subjectKey(one) === key)}
          before={sideOf(recorded, key)}
          after={sideOf(replay.determination, key)}
        />
      ))}
    </>
  )
}

/** Hashes that the stored bytes do not have. */
function Altered({ differences }: { readonly differences: readonly Difference[] }) {
  const { w } = useWords()
  const words = w.decisions.replay
  return differences.map(({ field, recorded, replayed }) => (
    <div key={field} role="alert">
      <p>{words.altered[field] ?? field}</p>
      <NamedValues
        rows={[
          [words.recorded, <code key="recorded">{String(recorded)}</code>],
          [words.asStored, <code key="stored">{String(replayed)}</code>],
        ]}
      />
    </div>
  ))
}

function sideOf(answer: Answer, key: string): Side {
  return { answer, determination: answer.determinations.find((one) => subjectKey(one) === key) }
}

interface DifferingProps {
  readonly open: boolean
  readonly differences: readonly OfProgramme[]
  readonly before: Side
  readonly after: Side
}

function Differing({ differences, before, after, ...folded }: DifferingProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const name = useProgrammeName()
  const [open, setOpen] = useState(folded.open)
  const [first] = differences as [OfProgramme]
  const title = `${name(first.programme)} · ${subjectText(first.subject, w)}`
  const [was, is] = [before, after].map(({ determination }) => determination?.ruleVersion)
  return (
    <details className="more" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{w.common.aside(title, words.differs(differences.length))}</summary>
      {open && (
        <ScrollSideways label={title}>
          <table className="plain compare">
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.recorded}</th>
                <th scope="col">{words.replayed}</th>
              </tr>
            </thead>
            <tbody>
              {was !== is && (
                <tr>
                  <th scope="row">{words.fields.version}</th>
                  <td>{was ?? words.notDetermined}</td>
                  <td>{is ?? words.notDetermined}</td>
                </tr>
              )}
              {differences.map((difference) => (
                <DifferenceRow
                  key={`${difference.field} ${String(difference.recorded)}`}
                  {...{ difference, before, after }}
                />
              ))}
            </tbody>
          </table>
        </ScrollSideways>
      )}
    </details>
  )
}
