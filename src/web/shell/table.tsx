import { ScrollSideways } from './scroll-sideways.tsx'

interface TableProps {
  /** What the table is about, for those who cannot see it. */
  readonly label: string
  readonly columns: readonly string[]
  /** How its columns are set: see page.css. */
  readonly className?: 'named' | 'dated'
  /** Its rows. */
  readonly children: React.ReactNode
}

/** A table with a row of headings, which scrolls sideways where it is wider than the page. */
export function Table({ label, columns, className, children }: TableProps) {
  return (
    <ScrollSideways label={label}>
      <table className={['plain', className].join(' ').trim()}>
        <thead>
          <tr>
            {columns.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollSideways>
  )
}
