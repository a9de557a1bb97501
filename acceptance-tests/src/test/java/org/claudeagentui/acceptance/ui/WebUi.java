package org.claudeagentui.acceptance.ui;

import org.awaitility.core.ConditionFactory;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.remote.RemoteWebDriver;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import static org.awaitility.Awaitility.await;

/**
 * The web UI in a browser's window. Things are found as people find them, by what they are and what they are called; whoever asks
 * for something waits until it is there, for a time. Closing it closes the window.
 */
public final class WebUi implements AutoCloseable {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final RemoteWebDriver window;
    private final ComposeStack stack;

    /** The web UI of a stack, in a window that shows nothing yet. */
    public WebUi(RemoteWebDriver window, ComposeStack stack) {
        this.window = window;
        this.stack = stack;
    }

    /** The window. */
    public RemoteWebDriver window() {
        return window;
    }

    /** Opens an address of the web UI, as if it were typed. */
    public WebUi open(String path) {
        window.get(stack.frontDoor() + path);
        return this;
    }

    /** Reloads the page. */
    public void reload() {
        window.navigate().refresh();
    }

    /** The page's address, from the origin on. */
    public String path() {
        return Objects.requireNonNull(window.getCurrentUrl()).substring(stack.frontDoor().length());
    }

    /** Opens an address and signs in there, by the form, as the stack's administrator. */
    public WebUi signIn(String path) {
        return signIn(path, stack.env().get("APP_ADMIN_EMAIL").orElse("admin@example.com"), stack.env().require("APP_ADMIN_PASSWORD"));
    }

    /** Opens an address and signs in there, by the form. */
    public WebUi signIn(String path, String identifier, String password) {
        open(path);
        fill("E-mail address or user name", identifier);
        fill("Password", password);
        press("Sign in");
        seeButton("Sign out");
        return this;
    }

    /** Waits until the page has come to that address, and gives the id at its end. */
    public String arriveAt(String pattern) {
        await("an address like " + pattern + ", not " + path()).atMost(SHOWN_WITHIN)
                .pollInterval(POLL)
                .until(() -> path().matches(pattern));
        return path().replaceFirst("[?#].*$", "").replaceFirst("^.*/", "");
    }

    /** Waits for a page's heading. */
    public WebUi seeHeading(String text) {
        see("the heading “" + text + "”", "//h1[normalize-space(.)=%s]".formatted(quoted(text)));
        return this;
    }

    /** Waits for a text anywhere in the page. */
    public WebUi seeText(String text) {
        see("the text “" + text + "”", "//body//*[contains(normalize-space(text()), %s)]".formatted(quoted(text)));
        return this;
    }

    /** Waits for a status, as it would be read out, that contains a text. */
    public WebUi seeStatus(String text) {
        see("the status “" + text + "”", "//*[@role='status'][contains(normalize-space(.), %s)]".formatted(quoted(text)));
        return this;
    }

    /** Waits for a button. */
    public WebUi seeButton(String name) {
        see("the button “" + name + "”", button(name));
        return this;
    }

    /** Waits for a picture of that name. */
    public WebUi seePicture(String name) {
        see("the picture “" + name + "”", "//*[@role='img'][@aria-label=%s]".formatted(quoted(name)));
        return this;
    }

    /** Presses a button. */
    public void press(String name) {
        act("the button “" + name + "”", button(name) + "[not(@disabled)]", WebElement::click);
    }

    /** Follows a link. */
    public void follow(String name) {
        act("the link “" + name + "”", "//a[normalize-space(.)=%s]".formatted(quoted(name)), WebElement::click);
    }

    /** Opens the menu of that name and does what it offers. */
    public void pick(String menu, String action) {
        press(menu);
        act("“" + action + "” of a menu", "//*[@role='menuitem'][normalize-space(.)=%s]".formatted(quoted(action)), WebElement::click);
    }

    /** Looks an option up in a field that offers what fits what is typed, and takes it. */
    public void choose(String field, String option) {
        act("the field “" + field + "”", field(field), input -> {
            input.click();
            input.sendKeys(option);
        });
        act("the option “" + option + "”", "//*[@role='option'][starts-with(normalize-space(.), %s)]".formatted(quoted(option)),
                WebElement::click);
    }

    /** Marks one of a few choices that are all in view. */
    public void mark(String choice) {
        act("the choice “" + choice + "”", "//label[normalize-space(.)=%s]".formatted(quoted(choice)), WebElement::click);
    }

    /** Writes into the field of that label, in place of what stands there. */
    public void fill(String label, String text) {
        act("the field “" + label + "”", field(label), field -> {
            field.clear();
            field.sendKeys(text);
        });
    }

    /** What stands in the field of that label. */
    public String valueOf(String label) {
        return String.valueOf(see("the field “" + label + "”", field(label)).getDomProperty("value"));
    }

    /** Picks a file of the browser's machine for what is being written. */
    public void attach(String file) {
        await("a way to attach files").atMost(SHOWN_WITHIN)
                .until(() -> !window.findElements(By.xpath("//input[@type='file']")).isEmpty());
        window.findElement(By.xpath("//input[@type='file']")).sendKeys(file);
        String name = file.replaceFirst("^.*/", "");
        see("the attachment " + name, "//ul[@aria-label='Attachments']/li[contains(., %s)]".formatted(quoted(name)));
    }

    /** All that is written in the part of the page that has that name, seen or scrolled away, without the part's heading. */
    public String textOf(String region) {
        return String.valueOf(window.executeScript("""
                const part = document.querySelector('[aria-label=' + CSS.escape(arguments[0]) + ']');
                return [...part?.children ?? []].filter(child => child.tagName !== 'H2').map(child => child.textContent).join('');
                """, region));
    }

    /** Waits until the part of the page that has that name says something. */
    public void seeIn(String region, String text) {
        await("“" + text + "” in " + region).atMost(SHOWN_WITHIN).pollInterval(POLL).until(() -> textOf(region).contains(text));
    }

    /** Waits until nothing of the page is on its way any longer. */
    public void settle() {
        await("a page with nothing on its way").atMost(SHOWN_WITHIN)
                .pollInterval(POLL)
                .until(() -> Boolean.TRUE.equals(window.executeScript("""
                const loading = [...document.querySelectorAll('[role=status]')].some(status => status.textContent.startsWith('Loading'));
                const moving = document.getAnimations().some(animation => animation.effect?.getTiming().iterations !== Infinity);
                return !loading && !moving && document.fonts.status === 'loaded' && document.querySelector('h1') !== null;
                """)));
    }

    /** A picture of what the window shows, as PNG. */
    public byte[] screenshot() {
        return window.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        window.quit();
    }

    private WebElement see(String what, String xpath) {
        return shown(what).until(() -> visible(xpath), Optional::isPresent).orElseThrow();
    }

    // A page that is drawn anew between the look and the action is looked at again.
    private void act(String what, String xpath, Consumer<WebElement> action) {
        shown(what).until(() -> {
            Optional<WebElement> found = visible(xpath);
            found.ifPresent(action);
            return found.isPresent();
        });
    }

    private ConditionFactory shown(String what) {
        return await(what).atMost(SHOWN_WITHIN)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    private Optional<WebElement> visible(String xpath) {
        return window.findElements(By.xpath(xpath)).stream().filter(WebElement::isDisplayed).findFirst();
    }

    private static String button(String name) {
        return "//button[normalize-space(.)=%1$s or @aria-label=%1$s]".formatted(quoted(name));
    }

    private static String field(String label) {
        return "//*[self::input or self::textarea][@aria-label=%1$s or @id=//label[normalize-space(text())=%1$s]/@for]".formatted(quoted(
                label));
    }

    private static String quoted(String text) {
        if (text.contains("\"")) {
            throw new IllegalArgumentException("Not to be looked for in a page: " + text);
        }
        return '"' + text + '"';
    }
}
