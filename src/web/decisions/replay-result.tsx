import { Icon } from '../answer/mark.tsx'
import type { Answer } from '../api/client.ts'
import type { Replay } from '../api/ledger.ts'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { useWords } from '../words/use-words.ts'
import { DifferenceRow } from './difference-row.tsx'
import { ordered } from './proof/step.ts'
import { subjectKey, subjectText } from './subject-text.ts'
import { useProgrammeName } from './use-programme-name.ts'

interface ReplayResultProps {
  readonly recorded: Answer
  readonly replay: Replay
}

/** What came out: identical, the same in all that counts, or the differences side by side. */
export function ReplayResult({ recorded, replay }: ReplayResultProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const { differences, determination } = replay
  const isIdentical = ordered(recorded) === ordered(determination)
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
      {differences.length > 0 && <Differences recorded={recorded} replay={replay} />}
    </>
  )
}

function Differences({ recorded, replay }: ReplayResultProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const name = useProgrammeName()
  const keys = [...new Set(replay.differences.map(subjectKey))]
  return keys.map((key) => {
    const differences = replay.differences.filter((one) => subjectKey(one) === key)
    const [first] = differences
    const [before, after] = [recorded, replay.determination].map(({ determinations }) =>
      determinations.find((one) => subjectKey(one) === key),
    )
    const title = first && `${name(first.programme)} · ${subjectText(first.subject, w)}`
    return (
      <section key={key}>
        <h3>{title}</h3>
        <ScrollSideways label={title ?? words.title}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.recorded}</th>
                <th scope="col">{words.replayed}</th>
              </tr>
            </thead>
            <tbody>
              {before?.ruleVersion !== after?.ruleVersion && (
                <tr>
                  <th scope="row">{words.fields.version}</th>
                  <td>{before?.ruleVersion ?? words.notDetermined}</td>
                  <td>{after?.ruleVersion ?? words.notDetermined}</td>
                </tr>
              )}
              {differences.map((difference) => (
                <DifferenceRow
                  key={difference.field}
                  difference={difference}
                  before={{ determination: before, answer: recorded }}
                  after={{ determination: after, answer: replay.determination }}
                />
              ))}
            </tbody>
          </table>
        </ScrollSideways>
      </section>
    )
  })
}
