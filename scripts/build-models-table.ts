/** Writes the table of `docs/models.md` from the catalogue: `node scripts/build-models-table.ts`. A test says when the two differ. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, rowOf } from "../src/models/catalogue/index.ts";
import type { CatalogueModel, Endpoint, Price, SizeDialect } from "../src/models/catalogue/types.ts";

const PAGE = join(import.meta.dirname, "../docs/models.md");
const BEGIN = "<!-- The table is written by scripts/build-models-table.ts. -->\n";
const END = "<!-- Here it ends. -->\n";

/** Returns the page with the table of the catalogue as it is now. */
export function withTable(page: string): string {
	const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))];
	return `${before}${BEGIN}\n${toTable()}\n\n${rest}`;
}

function toTable(): string {
	return [
		"| model | for chat clients | also answers to | sizes | pictures brought along | USD a picture |",
		"|---|---|---|---|---|---|",
		...CATALOGUE.map((row) =>
			[
				code(row.id) + (row.shutdownOn === undefined ? "" : ` (gone since ${row.shutdownOn})`),
				code(row.chatAlias),
				row.aliases.map(code).join(", "),
				toSizes(row),
				toPictures(row),
				toPrice(row.price),
			].join(" | "),
		).map((cells) => `| ${cells} |`),
	].join("\n");
}

function code(text: string): string {
	return `\`${text}\``;
}

function toSizes({ dialect, resolutions = [] }: CatalogueModel): string {
	const levels = resolutions.length > 0 ? `; ${resolutions.join(", ")}` : "";
	return `${toSize(dialect)}${levels}`;
}

function toSize(dialect: SizeDialect): string {
	switch (dialect.kind) {
		case "ratio":
			return `${dialect.ratios.length} ratios`;
		case "pixels": {
			const { min, max, area, maxElongation } = dialect;
			const whole = area === undefined ? "" : `, ${megapixels(area.min)}–${megapixels(area.max)} megapixels`;
			const shape = maxElongation === undefined ? "" : `, up to ${maxElongation}:1`;
			return `${min}–${max} pixels a side${whole}${shape}`;
		}
		case "text":
			return dialect.sizes.join(", ");
		default:
			return "as its picture";
	}
}

function megapixels(pixels: number): string {
	return (pixels / 1e6).toFixed(1);
}

function toPictures(row: CatalogueModel): string {
	const editor = row.editedBy === undefined ? undefined : rowOf(row.editedBy);
	if (editor !== undefined) return `by ${code(editor.id)}`;
	const edits: readonly Endpoint[] = row.edits ?? [row];
	const max = Math.max(0, ...edits.map(({ images }) => images?.max ?? 0));
	if (max === 0) return "none";
	const masked = edits.some(({ mask }) => mask !== undefined) ? ", a mask" : "";
	return `${max === 1 ? "1" : `1–${max}`}${masked}${row.prompt === null ? ", no prompt" : ""}`;
}

function toPrice(price: Price | undefined): string {
	if (price === undefined) return "";
	const { per, tiers, plus = 0, countsInputs } = price;
	const costs = tiers.map(({ usd }) => usd);
	const [least, most] = [Math.min(...costs), Math.max(...costs)];
	const range = least === most ? dollars(least) : `${dollars(least)}–${dollars(most)}`;
	if (per === "image") return range;
	const more = tiers[0]?.more;
	const megapixel = more === undefined ? " a megapixel" : ` for the first megapixel, ${dollars(more)} for others`;
	const once = plus > 0 ? `, and ${dollars(plus)}` : "";
	return `${range}${megapixel}${countsInputs ? ", pictures brought along too" : ""}${once}`;
}

/** Without the traces of binary fractions. */
function dollars(usd: number): string {
	return String(Math.round(usd * 1e6) / 1e6);
}

if (import.meta.main) writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8")));
