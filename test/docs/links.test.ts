/** Follows each link of the documents that leads to a file of the project, or to a heading in one. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const PAGES = globSync("{*,{docs,sim,test,examples,bench}/**/*}.md").toSorted();
const CODE = /^```[\s\S]*?^```$|`[^`\n]*`/gm;
const LINK = /\]\(([^)\s]+)\)/g;

/** Headings as GitHub makes anchors of them. */
function anchorsOf(page: string): readonly string[] {
	const text = readFileSync(page, "utf8").replace(/^```[\s\S]*?^```$/gm, "");
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, "")
			.replaceAll(" ", "-"),
	);
}

function isThere(page: string, link: string): boolean {
	const [path = "", anchor] = link.split("#");
	const target = path === "" ? page : join(dirname(page), path);
	if (!existsSync(target)) return false;
	return anchor === undefined || anchorsOf(target).includes(anchor);
}

it.each(PAGES)("every link of %s leads somewhere", (page) => {
	const links = [...readFileSync(page, "utf8").replace(CODE, "").matchAll(LINK)].map(([, link = ""]) => link);
	const broken = links.filter((link) => !/^(https?|mailto):/.test(link) && !isThere(page, link));
	expect(broken).toEqual([]);
});
