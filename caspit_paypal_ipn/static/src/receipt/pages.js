/* License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */

/**
 * Divides a receipt into pages while the PDF engine, wkhtmltopdf, has it: no row is
 * split, and each page has the table's head, the company's footer and its number.
 *
 * Debian's build of the engine has neither headers and footers nor heads that repeat.
 * It is a browser of 2013, and so is the language here.
 */
(function () {
    "use strict";

    // The engine lays a page out on 879 pixels, or more, and shrinks it to the paper:
    // so with a width of our own, height and width of the paper are known in pixels.
    var WIDTH = 1000;
    // A4 with the margins of the receipt's paper format would have 1467. A page that
    // is too high by a pixel would bring an empty one with it.
    var HEIGHT = 1415;
    // Letters are a little wider, or narrower, in print than where they are measured.
    var SLACK = 16;

    function each(list, act) {
        Array.prototype.slice.call(list).forEach(act);
    }

    function Book(receipt) {
        this.receipt = receipt;
        this.foot = receipt.querySelector(".o_foot");
        this.pages = [];
        receipt.removeChild(this.foot);
        receipt.className += " o_paged";
    }

    Book.prototype.turn = function () {
        this.page = document.createElement("div");
        this.page.className = "o_page";
        this.page.style.width = WIDTH + "px";
        this.page.style.minHeight = HEIGHT + "px";
        this.room = document.createElement("div");
        this.page.appendChild(this.room);
        this.page.appendChild(this.foot.cloneNode(true));
        this.receipt.appendChild(this.page);
        this.pages.push(this.page);
    };

    Book.prototype.isFull = function () {
        var used = this.room.offsetHeight + this.page.lastChild.offsetHeight;
        return used + SLACK > HEIGHT;
    };

    Book.prototype.put = function (block) {
        this.room.appendChild(block);
        if (this.isFull() && this.room.children.length > 1) {
            this.turn();
            this.room.appendChild(block);
        }
    };

    /** Begin a table on this page, with its head and without rows. */
    Book.prototype.begin = function (table) {
        var part = table.cloneNode(false);
        each(table.children, function (child) {
            part.appendChild(child.cloneNode(child.tagName !== "TBODY"));
        });
        this.room.appendChild(part);
        return part;
    };

    Book.prototype.putTable = function (table) {
        var part = this.begin(table);
        each(
            table.tBodies[0].rows,
            function (row) {
                part.tBodies[0].appendChild(row);
                var isFirst = part.tBodies[0].rows.length === 1;
                if (!this.isFull() || (isFirst && this.room.children.length === 1)) {
                    return;
                }
                if (isFirst) {
                    this.room.removeChild(part);
                }
                this.turn();
                part = this.begin(table);
                part.tBodies[0].appendChild(row);
            }.bind(this)
        );
    };

    Book.prototype.number = function () {
        var count = this.pages.length;
        this.pages.forEach(function (page, index) {
            page.querySelector(".o_page_number").textContent = index + 1;
            page.querySelector(".o_page_count").textContent = count;
        });
    };

    /**
     * Put Arabic words into boxes of their own. The engine draws a box with anything
     * else at one of its ends, a blank or a colon, beside its place.
     */
    function setApart(text) {
        var parts = document.createDocumentFragment();
        each(
            text.data.split(/([\u0600-\u077f\ufb50-\ufefc]+)/),
            function (part, index) {
                var box = document.createElement("span");
                box.textContent = part;
                parts.appendChild(index % 2 ? box : document.createTextNode(part));
            }
        );
        text.parentNode.replaceChild(parts, text);
    }

    function setArabicApart(receipt) {
        var walker = document.createTreeWalker(
                receipt,
                NodeFilter.SHOW_TEXT,
                null,
                false
            ),
            texts = [];
        while (walker.nextNode()) {
            if (/[\u0600-\u077f\ufb50-\ufefc]/.test(walker.currentNode.data)) {
                texts.push(walker.currentNode);
            }
        }
        texts.forEach(setApart);
    }

    function divide(receipt) {
        setArabicApart(receipt);
        var flow = receipt.querySelector(".o_flow"),
            book = new Book(receipt);
        receipt.removeChild(flow);
        book.turn();
        each(flow.children, function (block) {
            if (block.className.indexOf("o_lines") >= 0) {
                book.putTable(block);
            } else {
                book.put(block);
            }
        });
        book.number();
    }

    // Not before the logo is there: its height counts.
    window.addEventListener("load", function () {
        document.body.style.cssText =
            "width: " +
            WIDTH +
            "px; max-width: none; margin: 0; padding: 0; overflow: visible";
        document.body.dir = "ltr";
        each(document.querySelectorAll(".o_receipt"), divide);
    });
})();
