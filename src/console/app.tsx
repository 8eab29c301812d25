/** The frame: the header, and the view that the address names. */

import type { ComponentType } from "preact";
import { words } from "./app-words.ts";
import { chooseLanguage, language } from "./language.ts";
import { lazy } from "./lazy.tsx";
import { Icon, type IconName } from "./parts/icons.tsx";
import { Menu } from "./parts/menu.tsx";
import { Over } from "./parts/over.tsx";
import { Toasts } from "./parts/toast.tsx";
import { route } from "./router.ts";
import { isRestoring, session, signOut } from "./session/session.ts";
import { Studio } from "./studio.tsx";
import { chooseTheme, THEMES, theme } from "./theme.ts";
import "./app.css";

interface View {
	readonly name: "pictures" | "usage" | "keys" | "connect";
	/** The first part of the address. */
	readonly path: string;
	readonly icon: IconName;
	readonly isForOwner?: true;
	readonly Content: ComponentType;
}

const VIEWS: readonly View[] = [
	{ name: "pictures", path: "", icon: "images", Content: Studio },
	{
		name: "usage",
		path: "usage",
		icon: "chart",
		Content: lazy(() => import("./usage/usage.tsx").then(({ Usage }) => Usage)),
	},
	{
		name: "keys",
		path: "keys",
		icon: "key",
		isForOwner: true,
		Content: lazy(() => import("./keys/keys.tsx").then(({ Keys }) => Keys)),
	},
	{
		name: "connect",
		path: "connect",
		icon: "plug",
		Content: lazy(() => import("./connect/connect.tsx").then(({ Connect }) => Connect)),
	},
];

/** Loaded only if nobody is signed in. */
const SignIn = lazy(() => import("./session/sign-in.tsx").then(({ SignIn }) => SignIn));

/** Addresses of the large view, over the gallery. */
const OVER_PICTURES = ["job", "compare"];

export function App() {
	const w = words();
	return (
		<>
			<button type="button" class="app-skip" onClick={skipToContent}>
				{w.skip}
			</button>
			<Header />
			<main id="content" tabIndex={-1}>
				<Content />
			</main>
			<Over />
			<Toasts />
		</>
	);
}

/** No link: the hash is the address of a view. */
function skipToContent(): void {
	document.getElementById("content")?.focus();
}

function Content() {
	const w = words();
	// A visitor with a key sees no form flash by, and the pictures' view can be drawn before there are any.
	if (session.value === null && isRestoring.value) return route.value.view === "" ? <Studio /> : null;
	if (session.value === null) return <SignIn />;
	const view = shownViews().find(({ path }) => path === currentPath());
	if (view !== undefined) return <view.Content />;
	return (
		<div class="empty">
			<h2>{w.lost}</h2>
			<a class="button" href="#/">
				{w.home}
			</a>
		</div>
	);
}

function Header() {
	const w = words();
	return (
		<header class="app-header">
			<a class="app-brand" href="#/">
				<span class="app-mark" aria-hidden="true" />
				<span class="app-name">Darkroom</span>
			</a>
			{session.value !== null && (
				<nav class="app-views" aria-label={w.views}>
					{shownViews().map(({ name, path, icon }) => (
						<a key={name} href={`#/${path}`} {...(path === currentPath() ? { "aria-current": "page" } : {})}>
							<Icon name={icon} />
							<span>{w[name]}</span>
						</a>
					))}
				</nav>
			)}
			<Settings />
		</header>
	);
}

function Settings() {
	const w = words();
	const other = language.value === "zh" ? "en" : "zh";
	return (
		<Menu
			name={w.more}
			icon="settings"
			entries={[
				{ name: w.language, icon: "globe", onChoose: () => chooseLanguage(other) },
				...THEMES.map((one) => ({
					name: w.themes[one],
					icon: ({ system: "monitor", light: "sun", dark: "moon" } as const)[one],
					isChosen: theme.value === one,
					onChoose: () => chooseTheme(one),
				})),
				{ name: w.reference, icon: "external", onChoose: () => location.assign("/docs/") },
				...(session.value === null
					? []
					: [{ name: `${w.signOut} (${session.value.key.account})`, icon: "log-out" as const, onChoose: signOut }]),
			]}
		/>
	);
}

function shownViews(): readonly View[] {
	return VIEWS.filter(({ isForOwner }) => !isForOwner || session.value?.isOwner);
}

function currentPath(): string {
	const { view } = route.value;
	return OVER_PICTURES.includes(view) ? "" : view;
}
