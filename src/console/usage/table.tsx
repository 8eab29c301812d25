/** A table that becomes a list of cards where it has no room. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { formatNumber } from "../words.ts";
import "./table.css";
import { words } from "./words.ts";

export interface Column<Row> {
	readonly title: string;
	readonly cell: (row: Row) => ComponentChildren;
	/** Numbers stand under each other. */
	readonly isNumber?: true;
	/** Buttons, which say themselves what they do: their title is for screen readers alone. */
	readonly isAction?: true;
}

interface TableProps<Row> {
	readonly caption: string;
	/** The first one names the row. */
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly keyOf: (row: Row) => string | number;
	/** True shows the first rows alone, until all are asked for. */
	readonly isCut?: true;
}

const SHOWN_FIRST = 20;

export function Table<Row>({ rows, isCut, ...rest }: TableProps<Row>) {
	const [isWhole, setWhole] = useState(!isCut);
	const shown = isWhole ? rows : rows.slice(0, SHOWN_FIRST);
	return (
		<>
			<Rows rows={shown} {...rest} />
			{shown.length < rows.length && (
				<Button class="usage-all" onClick={() => setWhole(true)}>
					{words().showAll(formatNumber(rows.length))}
				</Button>
			)}
		</>
	);
}

function Rows<Row>({ caption, columns, rows, keyOf }: Omit<TableProps<Row>, "isCut">) {
	return (
		<table class="usage-table">
			<caption class="visually-hidden">{caption}</caption>
			<thead>
				<tr>
					{columns.map((column) => (
						<th key={column.title} scope="col" class={classOf(column)}>
							{column.isAction ? <span class="visually-hidden">{column.title}</span> : column.title}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={keyOf(row)}>
						{columns.map((column, index) =>
							index === 0 ? (
								<th key={column.title} scope="row">
									{column.cell(row)}
								</th>
							) : (
								<td key={column.title} data-title={column.title} class={classOf(column)}>
									{column.cell(row)}
								</td>
							),
						)}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function classOf({ isNumber, isAction }: Pick<Column<never>, "isNumber" | "isAction">): string {
	return isNumber ? "is-number" : isAction ? "is-action" : "";
}

/** A number with a bar that shows its share. */
export function WithBar({ share, children }: { readonly share: number; readonly children: ComponentChildren }) {
	return (
		<span class="usage-with-bar">
			{children}
			<span class="usage-bar" aria-hidden="true">
				<span style={{ width: `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%` }} />
			</span>
		</span>
	);
}
