/** Holds docs/api.md to the table of routes: each has an example. */
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DOCUMENTED, readExamples } from "./examples.ts";

const TABLE = readFileSync(existsSync("src/routes.ts") ? "src/routes.ts" : "src/router.ts", "utf8");
const ROUTE = /"(get|head|post|put|patch|delete)",\s*(?:path:\s*)?"(\/[^"]*)"/gi;

interface Called {
	readonly method: string;
	readonly path: string;
}

/** The requests of a command. `$PICTURE` is a picture's address, and any other variable an id. */
function requestsOf(command: string): readonly Called[] {
	const lines = command
		.replaceAll("\\\n", " ")
		.replaceAll("$PICTURE", `http://${DOCUMENTED}/images/job/0.png`)
		.replaceAll(/\$[A-Z]+/g, "id");
	return [...lines.matchAll(/curl ([^\n]*)/g)].map(([, words = ""]) => ({
		method: /-X (\w+)/.exec(words)?.[1] ?? (/ -I |^-I /.test(words) ? "HEAD" : / -[dF] /.test(words) ? "POST" : "GET"),
		path: new RegExp(`http://${DOCUMENTED}([^\\s'"?]*)`).exec(words)?.[1] ?? "",
	}));
}

/** `:id+` takes slashes, `:id` none. */
function toPattern(path: string): RegExp {
	return new RegExp(`^${path.replaceAll(/:\w+\+/g, ".+").replaceAll(/:\w+/g, "[^/]+")}$`);
}

it("docs/api.md has an example of every route", () => {
	const routes = [...TABLE.matchAll(ROUTE)].map(([, method = "", path = ""]) => ({
		method: method.toUpperCase(),
		path,
	}));
	const called = readExamples(readFileSync("docs/api.md", "utf8")).flatMap(({ command }) => requestsOf(command));
	const without = routes.filter(
		(route) => !called.some((one) => one.method === route.method && toPattern(route.path).test(one.path)),
	);
	expect(without).toEqual([]);
	expect(routes.length).toBeGreaterThan(15);
});
