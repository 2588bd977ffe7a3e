import { Icon, type Standing } from '../answer/mark.tsx'
import { NamedValues } from '../shell/named-values.tsx'
import { useWords } from '../words/use-words.ts'
import type { Step, StepStanding } from './proof/step.ts'

const ICON: Readonly<Record<StepStanding, Standing>> = {
  passed: 'met',
  failed: 'unmet',
  uncheckable: 'open',
  gone: 'open',
}

/** How a check came out, with icon and word. */
export function StepMark({ standing }: { standing: StepStanding }) {
  const { w } = useWords()
  return (
    <span className={`mark wraps ${ICON[standing]}`}>
      <Icon standing={ICON[standing]} />
      {w.decisions.proof.standing[standing]}
    </span>
  )
}

/** Checks in their order, each with what it means and the values compared. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  const { w } = useWords()
  const words = w.decisions.proof
  return (
    <ol className="steps">
      {steps.map(({ name, standing, stated, found }) => {
        const texts = words.steps[name] ?? { title: name, passed: '', failed: '' }
        const isOutside = name === 'outside'
        const help = { uncheckable: words.noEd25519, gone: words.wasErased, ...texts }[standing]
        return (
          <li key={name} data-step={name} data-standing={standing}>
            <div className="row">
              <StepMark standing={standing} />
              <strong>{texts.title}</strong>
            </div>
            <p className="quiet">{help}</p>
            {stated !== undefined && found !== undefined && (
              <details className="more" open={standing === 'failed'}>
                <summary>{words.values}</summary>
                <NamedValues
                  rows={[
                    [isOutside ? words.kept : words.stated, <code key="stated">{stated}</code>],
                    [isOutside ? words.now : words.found, <code key="found">{found}</code>],
                  ]}
                />
              </details>
            )}
          </li>
        )
      })}
    </ol>
  )
}
