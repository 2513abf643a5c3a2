"""Problems of forms as filed: the catalogue of RETURN_…."""

from shokibo.ledger.findings import Entry, Severity
from shokibo.texts import Text

_R9 = "子発1004第5号 別紙4、様式1・様式2"


def _entry(code: str, severity: Severity, ja: str, en: str, remedy: str, remedy_en: str) -> Entry:
    return Entry(code, severity, Text(ja, en), Text(remedy, remedy_en), _R9)


NOT_A_NUMBER = _entry(
    "RETURN_NOT_A_NUMBER",
    "error",
    "{label}の「{written}」は、数として読めません。",
    "{label_en}: “{written}” can't be read as a number.",
    "「4」「4か所」のように書いてください。0のときは「0」と書いてください。",
    "Write it as 4; nothing is 0.",
)
NOT_A_MARK = _entry(
    "RETURN_NOT_A_MARK",
    "error",
    "{label}の「{written}」は、○とも×とも読めません。",
    "{label_en}: “{written}” is neither ○ nor ×.",
    "○か×を記入してください。",
    "Write ○ or ×.",
)
BLANK = _entry(
    "RETURN_BLANK",
    "warning",
    "空欄か「－」です:{labels}。",
    "Blank, or a dash: {labels_en}.",
    "表1・表2の空欄は、合計と合う限り0として集計しました。0でないときは数を書いてください。",
    "Blanks of tables 1 and 2 were counted as 0 where that agrees with the sums; "
    "fill in what is not 0.",
)
PART_NOT_FOUND = _entry(
    "RETURN_PART_NOT_FOUND",
    "error",
    "次の欄が見つからず、読み取れませんでした:{labels}。",
    "Not found, and not read: {labels_en}.",
    "行・列の削除や見出しの書換えがないか確かめ、様式の見出しのとおりにしてください。",
    "Check that no row or column is missing, and that headers have the form's own words.",
)
HIDDEN = _entry(
    "RETURN_HIDDEN",
    "warning",
    "非表示の行や列に記入があり、それも読み取りました({places})。",
    "Hidden rows or columns are filled in, and were read: {places}.",
    "不要であれば削除し、必要であれば表示してください。",
    "Delete them if they are not needed, otherwise show them.",
)
STRUCK = _entry(
    "RETURN_STRUCK",
    "warning",
    "取消線のあるセルに記入があり、それも読み取りました({places})。",
    "Cells with text that is struck out were read with it: {places}.",
    "取り消したものは削除し、正しい値だけを書いてください。",
    "Delete what is struck out, and leave only what is right.",
)
NO_YEAR = _entry(
    "RETURN_WRONG_YEAR",
    "error",
    "標題に年度がないか、読めません。{asked:year}の報告として受け取りました。",
    "The title names no fiscal year that can be read; it was received as that of {asked:year}.",
    "標題に年度を記入してください。",
    "Write the year into the title.",
)
WRONG_YEAR = _entry(
    "RETURN_WRONG_YEAR",
    "error",
    "標題は{year:year}ですが、{asked:year}の報告として受け取りました。",
    "The title says {year:year}; it was received as the form of {asked:year}.",
    "別の年度のファイルでないか確かめ、標題の年度を修正してください。",
    "Check that it is not another year's file, and correct the title.",
)
TOTAL_DIFFERS = _entry(
    "RETURN_TOTAL_DIFFERS",
    "error",
    "{label}は{total}ですが、地域小規模児童養護施設{community_home}と分園型小規模グループケア"
    "{branch_group_care}の和は{sum}です。",
    "{label_en} is {total}, but {community_home} and {branch_group_care} are {sum}.",
    "合計と内訳のどちらが正しいか確かめてください。",
    "Check which of them is right.",
)
CAPACITIES_ABOVE_TOTAL = _entry(
    "RETURN_CAPACITIES_ABOVE_TOTAL",
    "error",
    "{label}は{total}ですが、定員ごとの数の和は{sum}です。",
    "{label_en} is {total}, but the numbers by places add up to {sum}.",
    "定員ごとの数を確かめてください。",
    "Check the numbers by places.",
)
CERTIFIED_ABOVE_APPLIED = _entry(
    "RETURN_CERTIFIED_ABOVE_APPLIED",
    "error",
    "{label}は{certified}で、申請の{applied}を超えています。",
    "{label_en} is {certified}, above the {applied} applied for.",
    "認定は申請のうちの数です。申請と認定を確かめてください。",
    "What is certified has been applied for; check both.",
)
APPLIED_ABOVE_UNITS = _entry(
    "RETURN_APPLIED_ABOVE_UNITS",
    "error",
    "{label}は{applied}で、生活単位の{units}か所を超えています。",
    "{label_en} is {applied}, above the {units} {units:unit|units}.",
    "申請の数は、か所の数(同じ生活単位の申請が複数あっても1)です。申請と生活単位を確かめてください。",
    "A unit counts once, however often it applied; check both.",
)
HOMES_DIFFER = _entry(
    "RETURN_HOMES_DIFFER",
    "error",
    "{label}は{more}で、{label_of_less}の{less}を超えています。",
    "{label_en} is {more}, above {less}: {label_of_less_en}.",
    "どちらが正しいか確かめてください。",
    "Check which of them is right.",
)
HOMES_WITHOUT_UNITS = _entry(
    "RETURN_HOMES_DIFFER",
    "error",
    "生活単位が{units}か所あるのに、生活単位を保有する施設が0です。",
    "There {units:is|are} {units} {units:unit|units}, but no home that has any.",
    "保有施設数を確かめてください。",
    "Check the number of homes with units.",
)
LIST_DIFFERS = _entry(
    "RETURN_LIST_DIFFERS",
    "error",
    "{label}は{counted}ですが、一覧で加算が○の生活単位は{listed}です。",
    "{label_en} is {counted}, but the list has {listed} {listed:unit|units} with ○.",
    "表1の認定か所数と一覧を確かめてください。",
    "Check the number certified and the list.",
)
BACKUP_DIFFERS = _entry(
    "RETURN_BACKUP_DIFFERS",
    "error",
    "{label}は{counted}ですが、一覧でバックアップ職員加算が○の本体施設は{listed}です。",
    "{label_en} is {counted}, but the list has {listed} {listed:home|homes} with ○.",
    "表2の認定施設数と一覧を確かめてください。生活単位のない施設を認定しているときは、その旨を書き添えてください。",
    "Check table 2 and the list; say so where a home without units is certified.",
)
BACKUP_BOTH = _entry(
    "RETURN_BACKUP_DIFFERS",
    "error",
    "本体施設「{home}」のバックアップ職員加算が、一覧の行によって○と×に分かれています。",
    "{home} has ○ and ×, for backup, on different lines.",
    "バックアップ職員加算は施設ごとです。どちらかに揃えてください。",
    "Backup is decided per home: make them alike.",
)
STAFF_LOW = _entry(
    "RETURN_STAFF_LOW",
    "warning",
    "「{home}」「{unit}」は加算が○ですが、職員数{staff}名が、加配前の{base}名(未確認)と加配1名の和に"
    "足りません。",
    "{home}, {unit}: ○ with {staff} staff, below the base of {base} (unconfirmed) and one more.",
    "職員数、又は適用の有無を確かめてください。",
    "Check the number of staff, or the add-on.",
)
STAFF_WRITTEN = _entry(
    "RETURN_STAFF_WRITTEN",
    "warning",
    "{label}の「{written}」は、小数第2位以下まで書かれています。",
    "{label_en}: “{written}” has more than one decimal.",
    "非常勤職員を合算してから小数第2位を四捨五入し、小数第1位まで書いてください(注2)。",
    "Add up the part-timers, then round half up to one decimal (note 2).",
)
UNIT_TWICE = _entry(
    "RETURN_UNIT_TWICE",
    "error",
    "「{home}」「{unit}」が、一覧に{count}回あります。",
    "{home}, {unit} is on the list {count} {count:time|times}.",
    "同じ生活単位であれば1行にし、別の生活単位であれば名前で区別してください。",
    "Leave one line, or tell two units apart by their names.",
)
NUMBERING = _entry(
    "RETURN_NUMBERING",
    "info",
    "一覧の番号が「{found}」です。{expected}の行です。",
    "The list has number {found} where {expected} is due.",
    "番号の重複や抜けがないか確かめてください。",
    "Check that no number is missing or twice there.",
)
TWICE = _entry(
    "RETURN_TWICE",
    "warning",
    "{name}のファイルが複数あります({files})。読めるもののうち、名前の順で最後の「{counted}」を数えました。",
    "{name} sent several files ({files}); the last by name that can be read, {counted}, counts.",
    "正しいファイルだけを残してください。",
    "Leave only the right one.",
)
SENDER_DIFFERS = _entry(
    "RETURN_SENDER_DIFFERS",
    "warning",
    "様式の発信者は{name}ですが、ファイル名は{named}です。{name}のものとして受け取りました。",
    "The letterhead names {name}, the file's name {named}; it was received as that of {name}.",
    "どちらの自治体のものか確かめてください。",
    "Check whose it is.",
)
SHEETS_TWICE = _entry(
    "RETURN_TWICE",
    "warning",
    "同じ様式がブックに{count}あります。「{counted}」のものを数えました。",
    "The workbook holds the form {count} {count:time|times}; that of {counted} counts.",
    "提出するシートだけを残してください。",
    "Leave only the sheet that is sent.",
)
CHANGED_MUCH = _entry(
    "RETURN_CHANGED_MUCH",
    "warning",
    "前年度から大きく変わっています:{changes}。これまでの変わり方と、規模の近い自治体の変わり方から見て"
    "まれです。",
    "Changed much from the year before: {changes_en}; rare by its own years and by authorities of "
    "like size.",
    "数え方、年度、桁の誤りがないか確かめ、正しければ変わった事情を知らせてください。",
    "Check for a slip; where it is right, tell what changed.",
)
UNIT_DIFFERS_FROM_APRIL = _entry(
    "RETURN_DIFFERS_FROM_APRIL",
    "warning",
    "「{home}」「{unit}」は、同じ年度の様式1(4月)と異なります:{changes}。",
    "{home}, {unit} differs from form 1 of the year: {changes_en}.",
    "年度の途中で変わったのでなければ、どちらかを訂正してください。",
    "Correct one of them, unless it changed within the year.",
)
COUNT_DIFFERS_FROM_APRIL = _entry(
    "RETURN_DIFFERS_FROM_APRIL",
    "warning",
    "{label}は{counted}で、同じ年度の様式1(4月)の{april}より少なくなっています。",
    "{label_en} is {counted}, below the {april} of form 1 of the year.",
    "様式2は1年間のすべてを数えるので、4月の数を下回りません。どちらかを訂正してください。",
    "Form 2 counts the whole year, and so never less than April; correct one of them.",
)
FORM_NOT_FOUND = _entry(
    "RETURN_FORM_NOT_FOUND",
    "error",
    "「{name}」に様式{form}の表が見つかりません。",
    "{name} holds no form {form}.",
    "別紙様式{form}に記入したブックかどうか確かめてください。",
    "Check that it is the ministry's form {form}.",
)
OTHER_FORM = _entry(
    "RETURN_FORM_NOT_FOUND",
    "error",
    "「{name}」は様式{found}です。様式{form}はありません。",
    "{name} is form {found}, not form {form}.",
    "様式{form}を提出してください。",
    "Send form {form}.",
)
SENDER_UNKNOWN = _entry(
    "RETURN_SENDER_UNKNOWN",
    "error",
    "「{name}」がどの自治体のものか分かりません。",
    "The sender of {name} is unknown.",
    "様式の発信者に自治体名を書くか、ファイル名に団体コード(6桁)か自治体名を入れてください。",
    "Name the authority in the letterhead, or its code or name in the file's name.",
)
_ENTRIES = (
    *(NOT_A_NUMBER, NOT_A_MARK, BLANK, PART_NOT_FOUND, HIDDEN, STRUCK),
    *(WRONG_YEAR, TOTAL_DIFFERS, CAPACITIES_ABOVE_TOTAL),
    *(CERTIFIED_ABOVE_APPLIED, APPLIED_ABOVE_UNITS, HOMES_DIFFER, LIST_DIFFERS, BACKUP_DIFFERS),
    *(STAFF_LOW, STAFF_WRITTEN, UNIT_TWICE, NUMBERING, TWICE, SENDER_DIFFERS, CHANGED_MUCH),
    *(UNIT_DIFFERS_FROM_APRIL, FORM_NOT_FOUND, SENDER_UNKNOWN),
)
CATALOGUE = {entry.code: entry for entry in _ENTRIES}
