/** Buttons: with words, or with an icon alone and a name for it. */

import type { ComponentChildren, ComponentProps, Ref } from "preact";
import { Icon, type IconName } from "./icons.tsx";

type Look = "primary" | "quiet" | "danger";

type ButtonProps = Omit<ComponentProps<"button">, "class" | "icon"> & {
	readonly look?: Look;
	readonly icon?: IconName;
	readonly children?: ComponentChildren;
	readonly class?: string;
	readonly buttonRef?: Ref<HTMLButtonElement>;
};

export function Button({ look, icon, children, class: more = "", buttonRef, ...rest }: ButtonProps) {
	return (
		<button
			type="button"
			{...rest}
			ref={buttonRef ?? null}
			class={`button ${look === undefined ? "" : `button-${look}`} ${more}`}
		>
			{icon !== undefined && <Icon name={icon} size={18} />}
			{children}
		</button>
	);
}

type IconButtonProps = Omit<ButtonProps, "children" | "icon"> & {
	readonly icon: IconName /** What it does: its tooltip too. */;
	readonly name: string;
};

export function IconButton({
	icon,
	name,
	look = "quiet",
	class: more = "",
	buttonRef,
	...rest
}: Omit<IconButtonProps, "label">) {
	return (
		<button
			type="button"
			title={name}
			{...rest}
			ref={buttonRef ?? null}
			aria-label={name}
			class={`button button-icon button-${look} ${more}`}
		>
			<Icon name={icon} />
		</button>
	);
}
