#!/usr/bin/env bash
# The main job on the example of Setagaya: check, evaluate, forms, status, plan and budget, into out/.
set -euo pipefail
cd "$(dirname "$0")/.."
shokibo=.venv/bin/shokibo
ledger=examples/setagaya
rm -rf out && mkdir -p out

step() { printf '\n== %s\n' "$1"; }

step "台帳 $ledger をExcelブックにする (convert)"
$shokibo convert "$ledger" -o out/setagaya.xlsx
step "台帳を確かめる (check)"
$shokibo check out/setagaya.xlsx
$shokibo check out/setagaya.xlsx --format json > out/check.json
step "令和4年4月1日現在、どの生活単位がどの加算を受けられ、それはなぜか (evaluate)"
$shokibo evaluate out/setagaya.xlsx --as-of 令和4年4月1日
$shokibo evaluate out/setagaya.xlsx --as-of 2022-04-01 --format json > out/evaluation.json
step "令和4年度の様式1:4月末の申請と認定 (form1)"
$shokibo form1 out/setagaya.xlsx --year 令和4年度 -o out/form1.xlsx --pdf out/form1.pdf
step "令和4年度の様式2:年間の実績 (form2)"
$shokibo form2 out/setagaya.xlsx --year 令和4年度 -o out/form2.xlsx --pdf out/form2.pdf
step "令和3年9月30日現在の定員と入所の状況 (status)"
$shokibo status out/setagaya.xlsx --as-of 令和3年9月30日
$shokibo status out/setagaya.xlsx --as-of 2021-09-30 --format json > out/status.json

step "計画:年度末の定員、取組、目標、必要量 (plan)"
$shokibo plan "$ledger" -o out/plan.docx -o out/plan.pdf -o out/plan.xlsx --charts out/charts
$shokibo plan "$ledger" --format json > out/plan.json 2>/dev/null
step "計画の経費と国の負担 (budget)"
$shokibo budget "$ledger"
$shokibo budget "$ledger" --format json > out/budget.json 2>/dev/null
step "条件の範囲内で最もよい計画を、公表された計画と並べる (propose)"
$shokibo propose "$ledger" -o out/proposal.xlsx
$shokibo propose "$ledger" --to 令和11年度 --keep-main 18
step "令和4年度末の計画と実績 (review)"
$shokibo review "$ledger" --year 令和4年度
step "必要量を人口と率から推計し、計画の必要量と比べる (need)"
$shokibo need "$ledger"
step "これからの児童数を、幅と過去の成績とともに見通す (forecast)"
$shokibo forecast "$ledger" --backtest --chart out/forecast.svg -o out/forecast.xlsx

step "できたファイル"
cat <<'EOF'
out/setagaya.xlsx      台帳(Excelで開いて書き込めます)
out/form1.xlsx .pdf    様式1(令和4年度)
out/form2.xlsx .pdf    様式2(令和4年度)
out/evaluation.json    判定とその理由のすべて
out/check.json         確認の結果
out/status.json        定員と入所の状況
out/plan.docx .pdf .xlsx  計画書(Wordで修正できます)
out/charts/            計画書の図(SVGとPNG)
out/plan.json          年度末の定員、取組、目標
out/budget.json        年度ごとの経費
out/proposal.xlsx      提案の取組を書いた台帳
out/forecast.svg .xlsx 見通しの図と、見通しを必要量とした台帳
生活単位の名、職員、申請は架空です(examples/setagaya/README.md)。
EOF

step "Webアプリケーション"
if [ -t 0 ] && [ -t 1 ]; then
    exec $shokibo serve --demo
fi
echo "画面で使うには:$shokibo serve --demo"
