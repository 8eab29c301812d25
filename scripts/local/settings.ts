/** Reads the settings of `npm start` and `npm run dev` from the environment and from `.dev.vars`. Exits with one line if something is wrong. */

import { randomBytes } from "node:crypto";
import { accessSync, appendFileSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { parseEnv } from "node:util";

export interface LocalSettings {
	readonly host: string;
	readonly port: number;
	/** Null in front of the real fal. */
	readonly simPort: number | null;
	/** Of what is asked in place of fal's queue, if `.dev.vars` names it. */
	readonly queueUrl: string | null;
	readonly gateway: string;
	/** Settings that `.dev.vars` leaves open. */
	readonly defaults: Readonly<Record<string, string>>;
	/** The access key, which the terminal may show. Null for one that the operator chose. */
	readonly shownKey: string | null;
}

/** git ignores it. */
const SETTINGS_FILE = ".dev.vars";
/** git ignores it. */
const STATE_FOLDER = ".darkroom";
/** Published, so it opens nothing but a gateway in front of the simulator. */
const LOCAL_ACCESS_KEY = "sk-darkroom-local";
const MADE_ACCESS_KEY = /^sk-dev-[\w-]{43}$/;
const LOOPBACK = "127.0.0.1";

/** Reads the settings, makes an access key if the real fal has none before it, and checks that the ports are free. */
export async function readLocalSettings(): Promise<LocalSettings> {
	const host = process.env.HOST || LOOPBACK;
	const port = portOf("PORT", 8787);
	const simPort = portOf("SIM_PORT", 8788);
	const settings = existsSync(SETTINGS_FILE) ? parseEnv(readFileSync(SETTINGS_FILE, "utf8")) : {};
	const isReal = Boolean(settings.FAL_API_KEY?.trim());
	if (!isReal && port === simPort)
		exit(`PORT and SIM_PORT are both ${port}. Choose another for one of them: SIM_PORT=<port> npm start`);
	for (const [name, number] of [["PORT", port] as const, ...(isReal ? [] : [["SIM_PORT", simPort] as const])])
		await checkPort(name, number, host);

	if (isReal) settings.WORKER_ACCESS_KEY = keyForRealFal(settings.WORKER_ACCESS_KEY?.trim() ?? "");
	const accessKey = settings.WORKER_ACCESS_KEY || LOCAL_ACCESS_KEY;
	const gateway = `http://localhost:${port}`;
	const defaults = {
		WORKER_ACCESS_KEY: LOCAL_ACCESS_KEY,
		...(isReal ? {} : settingsOfSimulator(`http://localhost:${simPort}`, gateway)),
	};
	return {
		host,
		port,
		simPort: isReal ? null : simPort,
		queueUrl: settings.FAL_QUEUE_URL || null,
		gateway,
		defaults: Object.fromEntries(Object.entries(defaults).filter(([name]) => !settings[name])),
		shownKey: accessKey === LOCAL_ACCESS_KEY || MADE_ACCESS_KEY.test(accessKey) ? accessKey : null,
	};
}

/** Only the simulator gets a PUBLIC_URL for its webhooks, because fal cannot reach a machine at home. */
function settingsOfSimulator(simulator: string, gateway: string) {
	return {
		FAL_API_KEY: "local:simulator",
		FAL_ADMIN_KEY: "admin:simulator",
		FAL_QUEUE_URL: simulator,
		FAL_API_URL: simulator,
		FAL_STORAGE_URL: simulator,
		FAL_SCHEMA_URL: `${simulator}/api/openapi/queue/openapi.json`,
		FAL_JWKS_URL: `${simulator}/.well-known/jwks.json`,
		PUBLIC_URL: gateway,
	};
}

/** Says where everything is, and prints a link and a request to try. It names no model, so it is drawn by one that `MODELS` offers. */
export function toGreeting({ gateway, simPort, queueUrl, shownKey, host }: LocalSettings): string {
	const simulator = `Simulator http://localhost:${simPort}   (instead of fal: pictures are drawn here and cost nothing)`;
	const address = queueUrl === null ? "https://fal.ai" : `${queueUrl}, as ${SETTINGS_FILE} says`;
	const fal = `fal       ${address}, with the key of ${SETTINGS_FILE}: pictures cost money`;
	return `
Darkroom  ${gateway}   (OpenAI base URL: ${gateway}/v1)${host === LOOPBACK ? "" : `, open to the network at ${host}`}
${simPort === null ? fal : simulator}
Console   ${gateway}/${shownKey === null ? "" : `#key=${shownKey}   (this link signs you in)`}
Access key: ${shownKey ?? `the WORKER_ACCESS_KEY of ${SETTINGS_FILE}`}

Try:
  curl -N ${gateway}/v1/chat/completions -H 'Authorization: Bearer ${shownKey ?? "<key>"}' \\
    -H 'Content-Type: application/json' \\
    -d '{"stream":true,"messages":[{"role":"user","content":"A red fox in the snow, watercolour 16:9"}]}'
`;
}

/** Returns the access key of the settings. Makes one if there is none, and keeps it there, so that clients can keep it too. */
function keyForRealFal(given: string): string {
	if (given.includes(LOCAL_ACCESS_KEY))
		exit(
			`WORKER_ACCESS_KEY in ${SETTINGS_FILE} is the published ${LOCAL_ACCESS_KEY}, with which anybody could spend your fal key's money. Remove it, and one is made.`,
		);
	if (given !== "") return given;
	const key = `sk-dev-${randomBytes(32).toString("base64url")}`;
	const lineEnd = readFileSync(SETTINGS_FILE, "utf8").endsWith("\n") ? "" : "\n";
	appendFileSync(SETTINGS_FILE, `${lineEnd}# Made by npm start, for your clients.\nWORKER_ACCESS_KEY=${key}\n`);
	return key;
}

/** Reads a port from the environment. Exits if it is no port. */
function portOf(name: string, defaultPort: number): number {
	const value = process.env[name] ?? String(defaultPort);
	const number = Number(value);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	return exit(`${name} must be a port number, not '${value}'.`);
}

/** Exits if nobody can listen on a port at this address, or if another program listens there or at a loopback address. */
async function checkPort(name: string, port: number, host: string): Promise<void> {
	for (const address of new Set([host, LOOPBACK, "::1"])) {
		const code = await tryToListen(port, address);
		if (code === "EADDRINUSE") exit(`Port ${port} is taken. Choose another: ${name}=<port> npm start`);
		if (code === null || address !== host) continue;
		if (code === "EACCES")
			exit(`${name} is ${port}, and this user may not listen there (EACCES). Choose one above 1023.`);
		exit(`HOST is '${host}', and this machine cannot listen there (${code}). Choose ${LOOPBACK}, or 0.0.0.0 for all.`);
	}
}

/** Resolves with the code of the error; null if there is none. */
function tryToListen(port: number, host: string): Promise<string | null> {
	return new Promise((done) => {
		const server = createServer()
			.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
			.once("listening", () => server.close(() => done(null)))
			.listen(port, host);
	});
}

/** Makes the folder of the gateway's state, and returns its path. Exits if it cannot be made, or cannot be written to. */
export function makeStateFolder(): string {
	const given = process.env.STATE_DIR || STATE_FOLDER;
	const path = resolve(given);
	try {
		makeFolder(path);
		readdirSync(path);
		accessSync(path, constants.W_OK | constants.X_OK);
		return path;
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : "unknown";
		const why = code === "ENOTDIR" ? "is a file, or lies in one" : "cannot be made or written to";
		return exit(`STATE_DIR is '${given}', which ${why} (${code}). Choose a folder: STATE_DIR=<folder> npm start`);
	}
}

/** Node's own `recursive` never ends below a folder such as `/proc`, in which none can be made. */
function makeFolder(path: string): void {
	if (existsSync(path)) return;
	makeFolder(dirname(path));
	mkdirSync(path);
}

/** Returns a line about settings that the gateway refuses; null if it takes them. @param gateway Its address. It listens */
export async function findWrongSettings(gateway: string): Promise<string | null> {
	const response = await fetch(`${gateway}/healthz`);
	if (response.status !== 500) return null;
	const { error } = JSON.parse(await response.text());
	return `Every request is refused until ${SETTINGS_FILE} or wrangler.toml is set right. ${error.message}`;
}

function exit(line: string): never {
	console.error(line);
	process.exit(1);
}
